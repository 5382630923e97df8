// Host names to addresses, on the loop. By c-ares: the resolver of a statically linked glibc needs shared modules that
// a container image of one file does not have.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address.hpp>

#include <functional>
#include <string>
#include <vector>

#include "pipelines/base/result.hpp"

namespace pipelines::http {

// Asks /etc/hosts, then the name servers of /etc/resolv.conf. Calls `done` once, in a later turn of the loop, with one
// address at least, or the reason why there is none; not at all if the loop ends before.
using Resolved = std::function<void(Result<std::vector<boost::asio::ip::address>>)>;
void resolve(boost::asio::io_context&, const std::string& host, Resolved done);

// What needs no question: an IP literal, localhost (both loopback addresses). Empty for other names.
[[nodiscard]] std::vector<boost::asio::ip::address> known_addresses(const std::string& host);

}  // namespace pipelines::http
