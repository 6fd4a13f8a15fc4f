// One device alone, for an integrator who plays the rest by hand. Runs until SIGINT or SIGTERM.
#pragma once

#include <string>

#include "core/fault.hpp"
#include "drivers/sim/courier_server.hpp"
#include "drivers/sim/label_printer.hpp"
#include "drivers/sim/market_server.hpp"
#include "drivers/sim/modbus_scale_server.hpp"
#include "drivers/sim/zpl_printer.hpp"

namespace kemas::sim {

Result<void> play_scale(ModbusScaleServer::Options options, Milligrams gross, ScaleTrouble trouble);
Result<void> play_printer(ZplPrinter::Options options, PrinterTrouble trouble);
// One with a buffer, a print time and a count, in the language asked for.
Result<void> play_label_printer(LabelPrinter::Options options, LabelTrouble trouble);

Result<void> play_courier(CourierServer::Options options);
Result<void> play_market(MarketServer::Options options);

}  // namespace kemas::sim
