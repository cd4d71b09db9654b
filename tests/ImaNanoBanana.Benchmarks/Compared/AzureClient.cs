using System.Text.Json;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using ImaNanoBanana.Benchmarks.Overhead;

namespace ImaNanoBanana.Benchmarks.Compared;

/// <summary>The pipeline and the long-running operation of Azure.Core, with its own defaults.</summary>
internal sealed class AzureClient : IComparedClient
{
    private readonly HttpClient _http;
    private readonly HttpPipeline _pipeline;
    private ListedNode? _leaf;

    public AzureClient(HttpMessageHandler service)
    {
        _http = new HttpClient(service, disposeHandler: false);
        _pipeline = HttpPipelineBuilder.Build(new Options { Transport = new HttpClientTransport(_http) });
    }

    public string Name => "Azure.Core";

    public async Task GenerateAsync()
    {
        _leaf ??= HandWrittenClient.Last(
            (await SendAsync(
                RequestMethod.Get, "product/list?app=ima&platform=web&category=text_to_image", null, HandWrittenJson.Default.ListAnswer))
            .Answer.Data!)!;
        var body = JsonSerializer.SerializeToUtf8Bytes(
            HandWrittenClient.Submission(_leaf, "a cute puppy on grass"), HandWrittenJson.Default.HandWrittenSubmission);
        var created = await SendAsync(RequestMethod.Post, "tasks/create", body, HandWrittenJson.Default.CreateAnswer);
        await new TaskOperation(this, created.Answer.Data!.Id!).WaitForCompletionAsync();
    }

    public Task PollAsync() => new TaskOperation(this, "task_0").UpdateStatusAsync().AsTask();

    public void Dispose() => _http.Dispose();

    private async ValueTask<(T Answer, Response Response)> SendAsync<T>(
        RequestMethod method, string path, byte[]? body, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
    {
        using var message = _pipeline.CreateMessage();
        message.Request.Method = method;
        message.Request.Uri.Reset(new Uri("https://api.imastudio.com/open/v1/" + path));
        message.Request.Headers.Add("Authorization", "Bearer ima_key_of_the_benchmarks");
        if (body is not null)
        {
            message.Request.Headers.Add("Content-Type", "application/json");
            message.Request.Content = RequestContent.Create(body);
        }

        await _pipeline.SendAsync(message, CancellationToken.None);
        return (JsonSerializer.Deserialize(message.Response.Content, type)!, message.Response);
    }

    private sealed class Options : ClientOptions;

    private sealed class TaskOperation(AzureClient client, string id) : Operation<string>
    {
        private Response? _response;
        private string? _url;

        public override string Id => id;

        public override string Value => _url!;

        public override bool HasCompleted => _url is not null;

        public override bool HasValue => HasCompleted;

        public override Response GetRawResponse() => _response!;

        public override Response UpdateStatus(CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public override async ValueTask<Response> UpdateStatusAsync(CancellationToken cancellationToken = default)
        {
            var poll = JsonSerializer.SerializeToUtf8Bytes(new HandWrittenPoll { TaskId = id }, HandWrittenJson.Default.HandWrittenPoll);
            var (answer, response) = await client.SendAsync(RequestMethod.Post, "tasks/detail", poll, HandWrittenJson.Default.DetailAnswer);
            _response = response;
            _url = answer.Data!.Medias is [{ ResourceStatus: 1, Url: { } url }] ? url : null;
            return response;
        }
    }
}
