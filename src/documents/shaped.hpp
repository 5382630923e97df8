// Values made to fit a shape of the model.
#pragma once

#include <string_view>

#include "pipelines/base/json.hpp"
#include "pipelines/model/shapes.hpp"

namespace pipelines::documents {

// The value without the members that the shape lacks, and with scalars of the shape's kind (3 -> "3" for a String,
// "3" -> 3 for an Integer). A part that does not fit at all is left out; null if nothing fits.
[[nodiscard]] Json project(const Json& value, const model::Shape&);

// A value of the shape, made up: an enum's first value, the least number, a name like its member's, a structure with
// its required members. `member` is the name it stands under.
[[nodiscard]] Json plausible(const model::Shape&, std::string_view member);

// Makes up those required members of a structure that the document lacks; of one alone if it is named.
void add_required(Json& document, const model::Shape&, std::string_view only = {});

}  // namespace pipelines::documents
