#include "pipelines/http/message.hpp"

#include "pipelines/base/percent.hpp"
#include "pipelines/base/text.hpp"

namespace pipelines::http {

std::string_view HttpRequest::header(std::string_view name) const {
    for (const auto& [key, value] : headers) {
        if (equal_ignoring_case(key, name)) return value;
    }
    return {};
}

std::string HttpRequest::query_parameter(std::string_view name) const {
    for (const std::string_view pair : split(query, '&')) {
        const std::size_t equals = pair.find('=');
        if (percent_decoded(pair.substr(0, equals)) != name) continue;
        return equals == std::string_view::npos ? std::string{} : percent_decoded(pair.substr(equals + 1));
    }
    return {};
}

}  // namespace pipelines::http
