// The inputs of labels that come as files, as the journal's JSON. A file's bytes stay in their side
// table.
#pragma once

#include <boost/json/object.hpp>

#include "ledger/journal_codec.hpp"

namespace kemas::ledger {

boost::json::object to_json(const LabelFileArrived& in);
boost::json::object to_json(const LabelPageArrived& in);
boost::json::object to_json(const LabelFileRead& in);
boost::json::object to_json(const LabelPageSettled& in);
boost::json::object to_json(const ShipmentRearranged& in);
boost::json::object to_json(const LabelRunAsked& in);
boost::json::object to_json(const LabelRunSettled& in);

Input label_file_arrived(const boost::json::object& from, const SideTables& side);
Input label_page_arrived(const boost::json::object& from, const SideTables& side);
Input label_file_read(const boost::json::object& from, const SideTables& side);
Input label_page_settled(const boost::json::object& from, const SideTables& side);
Input shipment_rearranged(const boost::json::object& from, const SideTables& side);
Input label_run_asked(const boost::json::object& from, const SideTables& side);
Input label_run_settled(const boost::json::object& from, const SideTables& side);

}  // namespace kemas::ledger
