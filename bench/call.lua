-- wrk script: one operation of the AWS JSON 1.1 protocol, with headers of the size that boto3 sends.
--   wrk ... -s call.lua URL -- TARGET BODY SALT
-- %TOKEN% in BODY becomes a new 36-character token for each request, made of SALT (8 characters), thread and count.
-- Prints one line of JSON at the end.

local threads = 0

function setup(thread)
   threads = threads + 1
   thread:set("id", threads)
end

local head, before, behind, token, count

function init(arguments)
   local target, body = arguments[1], arguments[2]
   token = arguments[3] .. string.format("-%04d-", id) .. "%022d"
   count = 0
   local length = #body
   local from, to = body:find("%TOKEN%", 1, true)
   if from then
      before, behind = body:sub(1, from - 1), body:sub(to + 1)
      length = #before + 36 + #behind
   else
      before = body
   end
   local text = wrk.format("POST", "/", {
      ["Host"] = wrk.headers["Host"],
      ["Content-Type"] = "application/x-amz-json-1.1",
      ["X-Amz-Target"] = target,
      ["X-Amz-Date"] = "20260101T000000Z",
      ["User-Agent"] = "Boto3/1.44.5 md/Botocore#1.44.5 ua/2.1 os/linux#6.1 md/arch#x86_64 lang/python#3.11.2 md/pyimpl#CPython",
      ["Authorization"] = "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260101/us-east-1/sagemaker/aws4_request, " ..
         "SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature=" .. string.rep("0123456789abcdef", 4),
      ["amz-sdk-invocation-id"] = "0f8fad5b-d9cb-469f-a165-70867728950e",
      ["amz-sdk-request"] = "attempt=1",
   }, "")
   -- wrk counts the body it is given, which is none: the body differs from request to request, its length does not.
   head = text:gsub("Content%-Length: 0\r\n", "Content-Length: " .. length .. "\r\n")
   if not behind then before = head .. before end
end

function request()
   if not behind then return before end
   count = count + 1
   return head .. before .. string.format(token, count) .. behind
end

function done(summary, latency, requests)
   local errors = summary.errors
   print(string.format(
      '{"requests": %d, "seconds": %.6f, "p50_ms": %.3f, "p99_ms": %.3f, "refused": %d, "socket_errors": %d}',
      summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
      errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
