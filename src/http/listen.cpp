#include "http/listen.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/v6_only.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "http/port_holder.hpp"
#include "pipelines/base/log.hpp"

namespace pipelines::http {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {

constexpr int kPortAttempts = 16;

// 0.0.0.0 and :: hold the port of every address of their family, so that no other can have it.
void drop_covered(std::vector<asio::ip::address>& addresses) {
    std::vector<asio::ip::address> wide;
    std::ranges::copy_if(addresses, std::back_inserter(wide), &asio::ip::address::is_unspecified);
    std::erase_if(addresses, [&wide](const asio::ip::address& address) {
        return !address.is_unspecified() && std::ranges::any_of(wide, [&address](const asio::ip::address& all) {
            return all.is_v4() == address.is_v4();
        });
    });
}

Result<std::vector<asio::ip::address>> read_addresses(const std::vector<std::string>& texts) {
    std::vector<asio::ip::address> addresses;
    const auto add = [&addresses](const asio::ip::address& address) {
        if (std::ranges::find(addresses, address) == addresses.end()) addresses.push_back(address);
    };
    for (const std::string& text : texts) {
        if (text == "localhost") {
            add(asio::ip::address_v4::loopback());
            add(asio::ip::address_v6::loopback());
            continue;
        }
        error_code fault;
        const auto address = asio::ip::make_address(text, fault);
        if (fault) {
            return validation_error(fmt::format(
                "Cannot listen on '{}': not an IP address. Give one, such as 127.0.0.1, ::1 or 0.0.0.0, or localhost.",
                text));
        }
        add(address);
    }
    if (addresses.empty()) return validation_error("There is no address to listen on.");
    drop_covered(addresses);
    return addresses;
}

error_code bind_and_listen(Acceptor& acceptor, const asio::ip::tcp::endpoint& endpoint) {
    error_code fault;
    acceptor.open(endpoint.protocol(), fault);
    if (!fault) acceptor.set_option(Acceptor::reuse_address(true), fault);
    if (!fault && endpoint.protocol() == asio::ip::tcp::v6()) acceptor.set_option(asio::ip::v6_only(true), fault);
    if (!fault) acceptor.bind(endpoint, fault);
    if (!fault) acceptor.listen(Acceptor::max_listen_connections, fault);
    return fault;
}

bool is_missing(const error_code& fault) {
    return fault == asio::error::address_family_not_supported || fault == asio::error::no_protocol_option ||
           fault == boost::system::errc::address_not_available;
}

std::string describe(const asio::ip::address& address, std::uint16_t port) {
    return address.is_v6() ? fmt::format("[{}]:{}", address.to_string(), port)
                           : fmt::format("{}:{}", address.to_string(), port);
}

Error listen_error(const asio::ip::address& address, std::uint16_t port, const error_code& fault) {
    const std::string where = describe(address, port);
    if (fault == asio::error::address_in_use) {
        const std::string holder = port_holder(port);
        return {ErrorKind::Conflict,
                fmt::format(
                    "Cannot listen on {}: the port is taken{}{}. Stop that program, or choose another port with --port "
                    "(--port 0 takes any free one).",
                    where, holder.empty() ? "" : " by ", holder)};
    }
    if (fault == asio::error::access_denied) {
        return {
            ErrorKind::AccessDenied,
            fmt::format(
                "Cannot listen on {}: not permitted. Ports below 1024 need a privilege; choose another with --port.",
                where)};
    }
    return validation_error(fmt::format("Cannot listen on {}: {}.", where, fault.message()));
}

struct Attempt {
    Listening listening;
    bool has_collided = false;  // the free port of the first address is taken on another
};

Result<Attempt> try_once(asio::io_context& io, const std::vector<asio::ip::address>& addresses, std::uint16_t port) {
    Attempt attempt{{{}, {}, port}, false};
    Listening& listening = attempt.listening;
    Error last;
    for (const auto& address : addresses) {
        Acceptor acceptor(io);
        const error_code fault = bind_and_listen(acceptor, {address, listening.port});
        if (fault && address.is_v6() && is_missing(fault)) {
            last = listen_error(address, listening.port, fault);
            log::info("Not listening on {}: this machine has no such address.", describe(address, listening.port));
            continue;
        }
        if (fault) {
            attempt.has_collided = port == 0 && listening.port != 0 && fault == asio::error::address_in_use;
            if (attempt.has_collided) return attempt;
            return listen_error(address, listening.port, fault);
        }
        listening.port = acceptor.local_endpoint().port();
        listening.acceptors.push_back(std::move(acceptor));
        listening.addresses.push_back(address.to_string());
    }
    if (listening.acceptors.empty()) return last;
    return attempt;
}

}  // namespace

Result<Listening> listen_on(asio::io_context& io, const std::vector<std::string>& texts, std::uint16_t port) {
    const auto addresses = read_addresses(texts);
    if (!addresses) return addresses.error();
    for (int count = 0; count < kPortAttempts; ++count) {
        auto attempt = try_once(io, *addresses, port);
        if (!attempt) return attempt.error();
        if (attempt->has_collided) continue;
        return std::move(attempt->listening);
    }
    return validation_error("No port was found that is free on all addresses; choose one with --port.");
}

}  // namespace pipelines::http
