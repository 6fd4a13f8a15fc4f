// The rows live with the rate book: see tariff.hpp.
#pragma once
#include "core/rating/tariff.hpp"
