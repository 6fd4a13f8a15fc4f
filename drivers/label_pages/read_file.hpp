// A file of labels, page by page: told apart by its first bytes, unpacked, cut, drawn, read. Runs
// in the sandboxed child only; knows no pipe.
#pragma once

#include <functional>

#include "drivers/label_pages/read_page.hpp"

namespace kemas::label_pages {

/// Calls `on_page` for each page asked for, in order; it answers whether to go on. What cannot be
/// read of an archive's member is a page with a fault.
FileEnd read_file(const PageRequest& request, const std::function<bool(ReadPage)>& on_page);

}  // namespace kemas::label_pages
