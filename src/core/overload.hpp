// std::visit with one lambda a case.
#pragma once

namespace kemas {

template <class... Fs>
struct Overload : Fs... {
    using Fs::operator()...;
};
template <class... Fs>
Overload(Fs...) -> Overload<Fs...>;  // clang 14 cannot deduce it alone

}  // namespace kemas
