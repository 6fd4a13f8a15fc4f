// Ends a libpq connect that is under way: the library shows its socket only once it is connected,
// and a proxy in front of a dead server lets one log in and never answers. Knows no session.
#pragma once

namespace kemas::orderdb {

// Shuts every TCP socket of this process whose TCP_USER_TIMEOUT is `user_timeout_ms`: the mark that
// postgresql_connect() puts on its own. Unix sockets carry no mark; there connect_timeout decides.
void shut_connecting_sockets(int user_timeout_ms);

}  // namespace kemas::orderdb
