#include "documents/parts.hpp"

#include <algorithm>
#include <chrono>

namespace pipelines::documents {

const Json* at(const Json& object, std::initializer_list<std::string_view> path) {
    const Json* value = &object;
    for (const std::string_view member : path) {
        value = find(*value, member);
        if (value == nullptr) return nullptr;
    }
    return value;
}

std::string under(std::string_view prefix, std::string_view rest) {
    while (prefix.ends_with('/')) prefix.remove_suffix(1);
    return std::string(prefix) + '/' + std::string(rest);
}

std::string default_bucket(const NamespaceKey& key) { return "s3://sagemaker-" + key.region + '-' + key.account; }

std::int64_t seconds(const Job& job) {
    if (!job.ended) return 0;
    return std::max<std::int64_t>(1,
                                  std::chrono::duration_cast<std::chrono::seconds>(*job.ended - job.created).count());
}

}  // namespace pipelines::documents
