#include "intake/seal.hpp"

#include <gtest/gtest.h>
using namespace kemas;
using namespace kemas::intake;
TEST(Seal, KnowsTheStandardDigest) {
    EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}
