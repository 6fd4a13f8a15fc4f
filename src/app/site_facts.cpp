#include "app/site_facts.hpp"

namespace kemas::app {

profile::SiteFacts site_facts(const settings::ScaleSettings& scale) {
    profile::SiteFacts facts;
    if (scale.decimals >= 0) facts.decimals = scale.decimals;
    if (!scale.weight_unit.empty()) facts.unit = profile::parse_unit(scale.weight_unit);
    if (!scale.division.empty()) facts.division = profile::parse_decimal(scale.division);
    return facts;
}

}  // namespace kemas::app
