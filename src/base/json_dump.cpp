// dump(): the very text nlohmann makes, without its decoding of each byte of each string, which was a fifth of an
// answer's cost. What is not ASCII, and doubles, are left to it.
#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <string_view>
#include <utility>

#include "pipelines/base/json.hpp"

namespace pipelines {
namespace {

// By byte: JSON text holds it as it is.
constexpr std::array<bool, 256> make_plain() {
    std::array<bool, 256> plain{};
    for (std::size_t byte = 0x20; byte < 0x80; ++byte) plain[byte] = byte != '"' && byte != '\\';
    return plain;
}
constexpr std::array<bool, 256> kPlain = make_plain();

// Are these eight bytes all plain? It may say no where they are.
bool all_plain(const char* bytes) {
    constexpr std::uint64_t kOnes = 0x0101010101010101ULL;
    std::uint64_t word = 0;
    std::memcpy(&word, bytes, sizeof word);
    const std::uint64_t control = word - kOnes * 0x20;
    const std::uint64_t quote = (word ^ (kOnes * '"')) - kOnes;
    const std::uint64_t backslash = (word ^ (kOnes * '\\')) - kOnes;
    return ((word | control | quote | backslash) & (kOnes * 0x80)) == 0;
}

std::string by_nlohmann(const Json& value) { return value.dump(-1, ' ', false, Json::error_handler_t::replace); }

// The text grows in large steps and is cut at the end, so that most bytes are only copied.
class Writer {
public:
    [[nodiscard]] std::string write(const Json& json) {
        value(json);
        out_.resize(end_);
        return std::move(out_);
    }

private:
    void value(const Json& json) {
        switch (json.type()) {
            case Json::value_t::object: return object(json.get_ref<const Json::object_t&>());
            case Json::value_t::array: return array(json.get_ref<const Json::array_t&>());
            case Json::value_t::string: return text(json.get_ref<const std::string&>());
            case Json::value_t::boolean: return add(json.get_ref<const bool&>() ? "true" : "false");
            case Json::value_t::number_integer: return integer(json.get_ref<const Json::number_integer_t&>());
            case Json::value_t::number_unsigned: return integer(json.get_ref<const Json::number_unsigned_t&>());
            case Json::value_t::null: return add("null");
            default: return add(by_nlohmann(json));
        }
    }

    // Where the next `count` bytes go.
    [[nodiscard]] char* room(std::size_t count) {
        constexpr std::size_t kStep = 512;
        if (out_.size() - end_ < count) out_.resize(std::max(out_.size() * 2, end_ + count + kStep));
        return out_.data() + end_;
    }

    void add(char character) {
        *room(1) = character;
        ++end_;
    }

    void add(std::string_view piece) {
        std::memcpy(room(piece.size()), piece.data(), piece.size());
        end_ += piece.size();
    }

    void object(const Json::object_t& members) {
        char before = '{';
        for (const auto& [name, member] : members) {
            add(before);
            text(name);
            add(':');
            value(member);
            before = ',';
        }
        add(members.empty() ? "{}" : "}");
    }

    void array(const Json::array_t& elements) {
        char before = '[';
        for (const Json& element : elements) {
            add(before);
            value(element);
            before = ',';
        }
        add(elements.empty() ? "[]" : "]");
    }

    template <class Integer>
    void integer(Integer number) {
        constexpr std::size_t kLongest = 20;  // -9223372036854775808, 18446744073709551615
        char* const digits = room(kLongest);
        end_ += static_cast<std::size_t>(std::to_chars(digits, digits + kLongest, number).ptr - digits);
    }

    void text(std::string_view content) {
        const std::size_t start = end_;
        add('"');
        for (std::size_t from = 0;;) {
            std::size_t to = from;
            while (content.size() - to >= 8 && all_plain(content.data() + to)) to += 8;
            while (to < content.size() && kPlain[static_cast<unsigned char>(content[to])]) ++to;
            add(content.substr(from, to - from));
            if (to == content.size()) break;
            const auto byte = static_cast<unsigned char>(content[to]);
            if (byte >= 0x80) {
                end_ = start;
                return add(by_nlohmann(Json(content)));
            }
            escape(byte);
            from = to + 1;
        }
        add('"');
    }

    void escape(unsigned char byte) {
        constexpr std::string_view kHex = "0123456789abcdef";
        switch (byte) {
            case '"': return add("\\\"");
            case '\\': return add("\\\\");
            case '\b': return add("\\b");
            case '\f': return add("\\f");
            case '\n': return add("\\n");
            case '\r': return add("\\r");
            case '\t': return add("\\t");
            default: break;
        }
        add("\\u00");
        add(kHex[byte >> 4U]);
        add(kHex[byte & 0xFU]);
    }

    std::string out_;
    std::size_t end_ = 0;
};

}  // namespace

std::string dump(const Json& value) { return Writer().write(value); }

}  // namespace pipelines
