// Signature Version 4: what a request needs to be believed by a service of AWS. Pure: the time is an argument, and has
// to be the system's (services refuse a signature that is minutes off), never that of a simulated clock.
#pragma once

#include <string>
#include <string_view>

#include "pipelines/base/clock.hpp"
#include "pipelines/http/client.hpp"

namespace pipelines::aws {

struct Credentials {
    std::string access_key, secret_key;
    std::string session_token;  // empty: none
};

// For whom a signature is.
struct SigningScope {
    std::string region, service;
};

// What is signed, and the texts on the way, for who wants to see where two signatures part.
struct Signature {
    std::string canonical_request, string_to_sign;
    std::string authorization;  // the header's value
};

// Signs a request whose headers (X-Amz-Date among them) are complete, all of them and its Host. `method`, target and
// headers as they are sent. S3 signs the path as it is sent; every other service encodes it once more.
[[nodiscard]] Signature signature_of(const http::ClientCall&, const Credentials&, const SigningScope&);

// Adds X-Amz-Date, X-Amz-Security-Token where there is one, for S3 X-Amz-Content-Sha256, and Authorization.
void sign(http::ClientCall&, const Credentials&, const SigningScope&, Time now);

}  // namespace pipelines::aws
