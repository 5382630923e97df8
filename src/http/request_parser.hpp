// A request out of the bytes of its connection: Beast's parser, and in its callbacks the strictness that it lacks. No
// I/O.
//
// What two parties could read in two ways is what request smuggling lives on, so it is refused: the framings of RFC
// 9112 section 6.3 that Boost 1.81 lets pass, folded fields, targets and hosts that are none. Trailers must be
// well-formed and are dropped; none may pass for a header field. One parser for one request.
#pragma once

#include <boost/beast/http/basic_parser.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "http/head.hpp"
#include "pipelines/http/limits.hpp"
#include "pipelines/http/message.hpp"

namespace pipelines::http {

class RequestParser final : private boost::beast::http::basic_parser<true> {
public:
    explicit RequestParser(const Limits&);

    // Takes what it can from the front of `bytes` and returns how many bytes that were; it stops behind the head, which
    // can so be looked at before the body is read. Bytes left over have to be offered again with more behind them, or
    // belong to the next request once is_done().
    [[nodiscard]] std::size_t take(std::string_view bytes);

    [[nodiscard]] bool has_head() const { return has_head_; }
    [[nodiscard]] bool is_done() const { return basic_parser::is_done(); }

    // Why this is not a request that is served; after it nothing is taken. What was read before stands in head() and
    // request().
    [[nodiscard]] const std::optional<Refusal>& refusal() const { return refusal_; }

    [[nodiscard]] const RequestHead& head() const { return head_; }
    [[nodiscard]] HttpRequest& request() { return request_; }

private:
    using Error = boost::beast::error_code;
    using Text = boost::beast::string_view;

    void on_request_impl(boost::beast::http::verb, Text method, Text target, int version, Error&) override;
    void on_response_impl(int, Text, int, Error&) override {}
    void on_field_impl(boost::beast::http::field, Text name, Text value, Error&) override;
    void on_header_impl(Error&) override;
    void on_body_init_impl(const boost::optional<std::uint64_t>& length, Error&) override;
    std::size_t on_body_impl(Text bytes, Error&) override;
    void on_chunk_header_impl(std::uint64_t size, Text extensions, Error&) override;
    std::size_t on_chunk_body_impl(std::uint64_t left, Text bytes, Error&) override;
    void on_finish_impl(Error&) override {}

    [[nodiscard]] bool is_between_chunks() const { return has_head_ && chunked() && chunk_left_ == 0; }
    void refuse(int status, std::string message, Error&);
    void read_target(std::string_view target, Error&);
    void read_content_length(std::string_view value, Error&);
    [[nodiscard]] Refusal refusal_for(const Error&, std::string_view bytes) const;
    void bound(std::size_t bytes);

    const Limits& limits_;
    HttpRequest request_;
    RequestHead head_;
    std::optional<Refusal> refusal_;
    bool begun_ = false;
    bool has_head_ = false;
    std::string authority_;  // of an absolute target
    std::size_t hosts_ = 0;
    std::size_t content_lengths_ = 0;
    std::size_t unit_ = 0;  // bytes so far of the head; of one chunk's size line, the last one's with its trailers
    std::uint64_t chunk_left_ = 0;
};

}  // namespace pipelines::http
