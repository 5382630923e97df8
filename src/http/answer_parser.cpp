#include "http/answer_parser.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <utility>

namespace pipelines::http {

namespace asio = boost::asio;
namespace beast = boost::beast;

namespace {
constexpr std::size_t kMostInterims = 16;  // each costs a parser
}

struct AnswerParser::Impl {
    using Parser = beast::http::response_parser<beast::http::string_body>;

    Impl(const ClientLimits& given, std::size_t most) : limits(given), most_bytes(most) { begin(); }

    void begin() {
        parser.emplace();
        parser->eager(true);
        parser->header_limit(static_cast<std::uint32_t>(limits.head_bytes));
        parser->body_limit(most_bytes);
    }

    [[nodiscard]] std::string describe(const beast::error_code& fault) const {
        if (fault == beast::http::error::body_limit) return fmt::format("with more than {} bytes", most_bytes);
        if (fault == beast::http::error::header_limit)
            return fmt::format("with a head of more than {} bytes", limits.head_bytes);
        return fmt::format("with something that is not HTTP/1.1: {}", fault.message());
    }

    // Beast asserts that all of an empty body in chunks is there before it is asked for it a second time.
    [[nodiscard]] bool waits_for_more(std::size_t there) const {
        return parser->is_header_done() && parser->chunked() && parser->get().body().empty() &&
               there < std::string_view("0\r\n\r\n").size();
    }

    ClientLimits limits;
    std::size_t most_bytes;
    std::optional<Parser> parser;
    std::string pending;  // what the parser did not take: it wants whole lines
    std::size_t interims = 0;
    std::size_t taken = 0;  // of everything: the parser does not count chunk extensions and trailers
};

AnswerParser::AnswerParser(const ClientLimits& limits, std::size_t most_bytes)
    : impl_(std::make_unique<Impl>(limits, most_bytes)) {}
AnswerParser::~AnswerParser() = default;

std::optional<std::string> AnswerParser::take(std::string_view bytes) {
    Impl& state = *impl_;
    state.taken += bytes.size();
    if (state.taken > state.most_bytes + state.limits.head_bytes + state.limits.extra_bytes)
        return fmt::format("with more than {} bytes", state.most_bytes);
    state.pending.append(bytes);
    std::size_t used = 0;
    while (used < state.pending.size() && !is_done() && !state.waits_for_more(state.pending.size() - used)) {
        beast::error_code fault;
        const std::size_t step = state.parser->put(asio::buffer(state.pending) + used, fault);
        used += step;
        if (fault == beast::http::error::need_more) break;
        if (fault) return state.describe(fault);
        const bool interim = state.parser->is_done() && state.parser->get().result_int() / 100 == 1;
        if (interim && ++state.interims > kMostInterims) return "with 1xx only, again and again";
        if (interim) state.begin();  // 100 Continue: the answer is still to come
        if (step == 0) break;
    }
    state.pending.erase(0, used);
    return std::nullopt;
}

std::optional<std::string> AnswerParser::end() {
    Impl& state = *impl_;
    beast::error_code fault;
    if (state.parser->got_some()) state.parser->put_eof(fault);
    if (is_done()) return std::nullopt;
    return state.taken == 0 ? "with nothing: it closed the connection" : "in part only: it closed the connection";
}

bool AnswerParser::is_done() const { return impl_->parser->is_done(); }

ClientAnswer AnswerParser::release() {
    auto message = impl_->parser->release();
    ClientAnswer answer;
    answer.status = static_cast<int>(message.result_int());
    for (const auto& field : message)
        answer.headers.emplace_back(std::string(field.name_string()), std::string(field.value()));
    answer.body = std::move(message.body());
    return answer;
}

}  // namespace pipelines::http
