// Files, pages and runs of labels as the API shows them.
#pragma once

#include <boost/json/object.hpp>

#include "ledger/sql_books.hpp"

namespace kemas::app {

boost::json::object label_file_json(const LabelFile& file);
boost::json::object label_page_json(const ledger::SqlBooks& books, const LabelPage& page);
boost::json::object label_run_json(const LabelRun& run);

}  // namespace kemas::app
