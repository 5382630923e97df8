// Bar 1: what a server costs that reads any request and answers it with 600 fixed bytes.
#include "serve.hpp"

int main() {
    boost::asio::io_context loop(1);
    const std::string body(600, 'x');
    auto fixed_answer = [&body](const bench::Request&) -> boost::asio::awaitable<std::string, bench::Executor> {
        co_return body;
    };
    bench::serve(loop, fixed_answer);
}
