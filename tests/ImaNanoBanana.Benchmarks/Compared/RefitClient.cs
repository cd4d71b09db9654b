using System.Net.Http.Headers;
using ImaNanoBanana.Benchmarks.Overhead;
using Refit;

namespace ImaNanoBanana.Benchmarks.Compared;

/// <summary>Refit alone: the same endpoints, and the loop that a developer writes, with a poll every 5 s.</summary>
internal sealed class RefitClient : IComparedClient
{
    private static readonly HandWrittenPoll Polled = new() { TaskId = "task_0" };

    private readonly HttpClient _http;
    private readonly IEndpoints _api;
    private ListedNode? _leaf;

    public RefitClient(HttpMessageHandler service)
    {
        _http = new HttpClient(service, disposeHandler: false) { BaseAddress = new Uri("https://api.imastudio.com") };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "ima_key_of_the_benchmarks");
        _api = RestService.ForGenerated<IEndpoints>(_http, RefitSettings.ForJsonContext(HandWrittenJson.Default));
    }

    public string Name => "Refit alone";

    public async Task GenerateAsync()
    {
        _leaf ??= HandWrittenClient.Last((await _api.ListAsync()).Data!)!;
        var created = await _api.CreateAsync(HandWrittenClient.Submission(_leaf, "a cute puppy on grass"));
        var poll = new HandWrittenPoll { TaskId = created.Data!.Id! };
        while ((await _api.DetailAsync(poll)).Data!.Medias is not [{ ResourceStatus: 1, Url: not null }])
        {
            await Task.Delay(TimeSpan.FromSeconds(5));
        }
    }

    public Task PollAsync() => _api.DetailAsync(Polled);

    public void Dispose() => _http.Dispose();

    [Headers("x-app-source: ima_skills", "x_app_language: en")]
    internal interface IEndpoints
    {
        [Get("/open/v1/product/list?app=ima&platform=web&category=text_to_image")]
        Task<ListAnswer> ListAsync();

        [Post("/open/v1/tasks/create")]
        Task<CreateAnswer> CreateAsync([Body] HandWrittenSubmission body);

        [Post("/open/v1/tasks/detail")]
        Task<DetailAnswer> DetailAsync([Body] HandWrittenPoll body);
    }
}
