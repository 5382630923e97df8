// The answer of another server out of the bytes of its connection. Beast's parser, in one translation unit: unlike the
// requests we serve, nothing here is forwarded or guarded, so its tolerance does no harm.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "pipelines/http/client.hpp"

namespace pipelines::http {

class AnswerParser {
public:
    AnswerParser(const ClientLimits&, std::size_t most_bytes);
    AnswerParser(const AnswerParser&) = delete;
    AnswerParser& operator=(const AnswerParser&) = delete;
    ~AnswerParser();

    // Takes what arrived. Error: what is wrong with it, to stand behind "answered ".
    [[nodiscard]] std::optional<std::string> take(std::string_view bytes);
    // The other side has closed.
    [[nodiscard]] std::optional<std::string> end();

    [[nodiscard]] bool is_done() const;
    [[nodiscard]] ClientAnswer release();  // once it is done

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace pipelines::http
