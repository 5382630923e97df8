// The listening sockets: one port on several addresses.
#pragma once

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <cstdint>
#include <string>
#include <vector>

#include "pipelines/base/result.hpp"

namespace pipelines::http {

using Acceptor = boost::asio::basic_socket_acceptor<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;

struct Listening {
    std::vector<Acceptor> acceptors;
    std::vector<std::string> addresses;  // of each
    std::uint16_t port = 0;
};

// Listens on all of the addresses (ServerOptions::addresses) at one port; 0: one that is free on all of them. Errors
// are those of Server::listen.
[[nodiscard]] Result<Listening> listen_on(boost::asio::io_context&, const std::vector<std::string>& addresses,
                                          std::uint16_t port);

}  // namespace pipelines::http
