using System.ClientModel;
using System.ClientModel.Primitives;
using OpenAI.FineTuning;

namespace ImaNanoBanana.Benchmarks.Compared;

/// <summary>
/// The OpenAI client, with the one operation that it polls by itself: a fine-tuning job. It has the shape of an image task: one create,
/// and polls until the status is final.
/// </summary>
internal sealed class OpenAIClient : IComparedClient
{
    private readonly HttpClient _http;
    private readonly FineTuningClient _client;
    private FineTuningJob? _polled;

    public OpenAIClient(HttpMessageHandler service)
    {
        _http = new HttpClient(service, disposeHandler: false);
        _client = new FineTuningClient(
            new ApiKeyCredential("key_of_the_benchmarks"),
            new FineTuningClientOptions
            {
                Endpoint = new Uri("https://openai.example/v1"),
                Transport = new HttpClientPipelineTransport(_http),
            });
    }

    public string Name => "OpenAI";

    public Task GenerateAsync() => CreateAsync(waitUntilCompleted: true);

    public async Task PollAsync()
    {
        _polled ??= await CreateAsync(waitUntilCompleted: false);
        await _polled.UpdateStatusAsync(new RequestOptions());
    }

    public void Dispose() => _http.Dispose();

    private Task<FineTuningJob> CreateAsync(bool waitUntilCompleted) =>
        _client.FineTuneAsync(
            BinaryContent.Create(BinaryData.FromString("""{"model":"m","training_file":"f"}""")), waitUntilCompleted, new RequestOptions());
}
