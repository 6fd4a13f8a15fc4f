// The one place where Boost.JSON's implementation is compiled.
#include <boost/json/src.hpp>
