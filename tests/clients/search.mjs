// Prints as JSON what the AWS SDK for JavaScript finds.
import { SageMakerClient, SearchCommand, paginateSearch } from "@aws-sdk/client-sagemaker";

const client = new SageMakerClient({});
const expression = { Filters: [{ Name: "PipelineName", Operator: "In", Value: "first,second" }] };
const pages = [];
for await (const page of paginateSearch({ client, pageSize: 1 }, { Resource: "Pipeline", SearchExpression: expression }))
  pages.push(page);
const pipelines = pages.flatMap((page) => page.Results).map((record) => record.Pipeline);
const wrong = { Filters: [{ Name: "Nonsense", Value: "x" }] };
const refusal = await client.send(new SearchCommand({ Resource: "Pipeline", SearchExpression: wrong })).then(
  () => "none",
  (error) => `${error.name}: ${error.message}`,
);
console.log(JSON.stringify({
  names: pipelines.map((pipeline) => pipeline.PipelineName),
  hits: pages[0].TotalHits,
  created: pipelines.every((pipeline) => pipeline.CreationTime instanceof Date),
  refusal,
}));
