#include "app/health.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>

#include "app/banner.hpp"
#include "pipelines/base/text.hpp"
#include "pipelines/http/client.hpp"

namespace pipelines::app {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

constexpr std::size_t kHeadLimit = 16 * 1024;  // of an answer; ours has some 200 bytes

std::string url_of(const Target& target) { return endpoint_url(target.address, target.port); }

// Runs the steps of one exchange until they are done or the time is over.
class Exchange {
public:
    explicit Exchange(const Target& target)
        : endpoint_(asio::ip::make_address(target.address), target.port),
          request_(fmt::format("GET /_local/health HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
                               url_of(target).substr(std::string_view("http://").size()))) {}

    // The status line of the answer.
    Result<std::string> run(std::chrono::milliseconds patience) {
        socket_.async_connect(endpoint_, [this](error_code fault) { connected(fault); });
        context_.run_for(patience);
        if (!done_) return Error{ErrorKind::Internal, fmt::format("no answer within {} ms", patience.count())};
        if (fault_) return Error{ErrorKind::Internal, fault_.message()};
        return answer_.substr(0, answer_.find("\r\n"));
    }

private:
    void connected(error_code fault) {
        if (fault) return finish(fault);
        asio::async_write(socket_, asio::buffer(request_), [this](error_code failed, std::size_t) { sent(failed); });
    }
    void sent(error_code fault) {
        if (fault) return finish(fault);
        asio::async_read_until(socket_, asio::dynamic_buffer(answer_, kHeadLimit), "\r\n",
                               [this](error_code failed, std::size_t) { finish(failed); });
    }
    void finish(error_code fault) {
        fault_ = fault;
        done_ = true;
    }

    asio::io_context context_{1};
    asio::ip::tcp::socket socket_{context_};
    asio::ip::tcp::endpoint endpoint_;
    std::string request_;
    std::string answer_;
    error_code fault_;
    bool done_ = false;
};

}  // namespace

std::vector<Target> health_targets(const Options& options) {
    std::vector<Target> targets;
    for (const auto& host : options.hosts) {
        const auto address = asio::ip::make_address(host);
        const auto* loopback = address.is_v4() ? "127.0.0.1" : "::1";
        const Target target{address.is_unspecified() ? loopback : host, options.port};
        if (std::ranges::find(targets, target) == targets.end()) targets.push_back(target);
    }
    return targets;
}

Result<std::vector<Target>> parse_health_url(std::string_view url) {
    const auto refuse = [url] {
        return validation_error(
            fmt::format("invalid value '{}' for url, from the flag --url: allowed is http://ADDRESS:PORT with an IP "
                        "address or localhost",
                        url));
    };
    const auto endpoint = http::parse_endpoint(url);
    if (!endpoint || !endpoint->path.empty()) return refuse();
    if (endpoint->host == "localhost")
        return std::vector<Target>{{"127.0.0.1", endpoint->port}, {"::1", endpoint->port}};
    error_code fault;
    asio::ip::make_address(endpoint->host, fault);
    if (fault) return refuse();
    return std::vector<Target>{{endpoint->host, endpoint->port}};
}

Result<std::string> ask_health(const std::vector<Target>& targets, std::chrono::milliseconds patience) {
    std::vector<std::string> reasons;
    for (const auto& target : targets) {
        const auto status = Exchange(target).run(patience);
        if (status && status->starts_with("HTTP/1.1 200 ")) return url_of(target);
        reasons.push_back(
            fmt::format("{}: {}", url_of(target), status ? "answered " + *status : status.error().message));
    }
    return Error{ErrorKind::Internal, join(reasons, "; ")};
}

}  // namespace pipelines::app
