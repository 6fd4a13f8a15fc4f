// What a test program includes beside the standard library.
#pragma once
#include "std.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
