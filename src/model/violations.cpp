#include "model/violations.hpp"

#include "model/value_text.hpp"

namespace pipelines::model {
namespace {

constexpr std::size_t kListed = 50;

}  // namespace

void Violations::add(const Shape& shape, const Json& value, const Path& path, const std::string& constraint) {
    if (++count_ > kListed) return;
    list("Value '" + value_text(shape, value) + "' at '" + constraint_path(path) +
         "' failed to satisfy constraint: " + constraint);
}

void Violations::add_missing(const Path& path) {
    if (++count_ > kListed) return;
    list("Value null at '" + constraint_path(path) + "' failed to satisfy constraint: Member must not be null");
}

void Violations::list(const std::string& sentence) {
    if (!listed_.empty()) listed_ += "; ";
    listed_ += sentence;
}

Result<void> Violations::result() const {
    if (count_ == 0) return {};
    std::string message =
        std::to_string(count_) + (count_ == 1 ? " validation error" : " validation errors") + " detected: " + listed_;
    if (count_ > kListed) message += "; ... and " + std::to_string(count_ - kListed) + " more";
    return validation_error(std::move(message));
}

}  // namespace pipelines::model
