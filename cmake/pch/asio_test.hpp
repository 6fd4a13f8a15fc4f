// What a test program on the loop includes.
#pragma once
#include "asio.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
