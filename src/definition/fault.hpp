// Faults of a definition: where in the document, and the sentence, in AWS's manner:
//   Unable to parse pipeline definition. Unknown Argument member 'X'. (at /Steps/0/Arguments/X)
// AWS's recorded sentence always stands first and whole; what is ours (a suggestion, the place) follows it.
#pragma once

#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "pipelines/base/json.hpp"
#include "pipelines/base/result.hpp"

namespace pipelines::definition {

// The fault a check found, if any.
using Fault = std::optional<Error>;

// A place in the document: a chain of places on the stack, so that of a document without faults only the pointers of
// its steps are built (StepSource). The parent, and the text of a key, outlive it.
class Place {
public:
    Place() = default;
    explicit Place(std::string_view pointer) : token_(pointer), kind_(Kind::Pointer) {}
    Place(const Place& parent, std::string_view key) : parent_(&parent), token_(key), kind_(Kind::Key) {}
    Place(const Place& parent, std::size_t index) : parent_(&parent), index_(index), kind_(Kind::Index) {}

    [[nodiscard]] std::string pointer() const;  // RFC 6901; empty for the whole document

private:
    enum class Kind { Pointer, Key, Index };
    const Place* parent_ = nullptr;
    std::string_view token_;
    std::size_t index_ = 0;
    Kind kind_ = Kind::Pointer;
};

// "Unable to parse pipeline definition. <sentence> (at <pointer>)"
[[nodiscard]] Error unparsable(std::string_view sentence, const Place& place);

// "<sentence> (at <pointer>)", for the recorded texts that lack the introduction.
[[nodiscard]] Error located(std::string_view sentence, const Place& place);

[[nodiscard]] Fault expect_object(const Json& value, const Place& place);  // "Expecting start of Json Object."
[[nodiscard]] Fault expect_array(const Json& value, const Place& place);   // "Expecting start of Json Array."
[[nodiscard]] Fault expect_string(const Json& value,
                                  const Place& place);  // "Expecting Json String but found an integer."
[[nodiscard]] Fault expect_boolean(const Json& value, const Place& place);

// " Did you mean 'Y'?", or " Known: A, B." where nothing known is near.
[[nodiscard]] std::string suggestion(std::string_view name, std::span<const std::string_view> known);

// "Unknown <what> member 'X'." for the first key of an object that is not among the known ones. `what` may be empty.
[[nodiscard]] Fault expect_members(const Json& object, std::span<const std::string_view> known, std::string_view what,
                                   const Place& place);

[[nodiscard]] Error missing_member(std::string_view key, const Place& place);  // "Missing member 'X'."

// A required member, or the fault that it is missing (or null).
[[nodiscard]] Result<const Json*> required(const Json& object, std::string_view key, const Place& place);
[[nodiscard]] Result<std::string> required_string(const Json& object, std::string_view key, const Place& place);

[[nodiscard]] Result<std::optional<std::string>> optional_string(const Json& object, std::string_view key,
                                                                 const Place& place);

}  // namespace pipelines::definition
