using System.Net.Http.Headers;
using System.Text.Json;
using ImaNanoBanana.OpenApi.Models;
using ImaNanoBanana.Transport;

namespace ImaNanoBanana.OpenApi;

/// <summary>The endpoints over HTTP. Knows requests and bodies; what an answer means is decided elsewhere.</summary>
internal sealed class ImaOpenApi : IImaOpenApi
{
    private readonly Func<HttpClient> _clients;
    private readonly ImaNanoBananaOptions _options;
    private readonly TimeProvider _time;
    private readonly RequestLimiter _limiter;
    private readonly SafeRequests _list;

    public ImaOpenApi(Func<HttpClient> clients, ImaNanoBananaOptions options, TimeProvider time, RequestLimiter limiter)
    {
        _clients = clients;
        _options = options;
        _time = time;
        _limiter = limiter;
        _list = new SafeRequests(options, time, limiter, options.ReadTimeout, options.ReadAttemptTimeout);
    }

    public Task<ApiAnswer> GetProductListAsync(ImageTaskType taskType, ImaLanguage language, CancellationToken cancellationToken) =>
        _list.SendAsync(
            async token =>
            {
                using var request = Request(HttpMethod.Get, "open/v1/product/list?app=ima&platform=web&category=" + Uri.EscapeDataString(taskType.Value), language);
                return await ApiExchange.SendAsync(_clients(), request, _limiter, _time, token).ConfigureAwait(false);
            },
            cancellationToken);

    public async Task CreateTaskAsync(Submission submission, CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Post, WireHandler.CreatePath.TrimStart('/'), ImaLanguage.English);

        // The bytes are not here but in the submission: without the wire handler there is nothing that could be bought.
        request.Options.Set(Submission.OptionsKey, submission);
        using var response = await _clients().SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
            .ConfigureAwait(false);
    }

    public async Task<ApiAnswer> GetTaskDetailAsync(string taskId, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(_options.PollTimeout, _time, cancellationToken);
        using var request = Request(HttpMethod.Post, "open/v1/tasks/detail", ImaLanguage.English);
        request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(
            new TaskDetailRequest { TaskId = taskId }, ImaJsonContext.Default.TaskDetailRequest));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        try
        {
            // A handler of the app that ignores its token must not keep the watch.
            return await ApiExchange.SendAsync(_clients(), request, _limiter, _time, deadline.Token).WaitAsync(deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (deadline.HasPassed && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"No answer to a poll within {_options.PollTimeout.TotalSeconds:0} s.", exception);
        }
    }

    /// <param name="method">The verb.</param>
    /// <param name="path">Path and query.</param>
    /// <param name="language">Matters for the labels of the product list only; the others are asked in English, as recorded.</param>
    private static HttpRequestMessage Request(HttpMethod method, string path, ImaLanguage language)
    {
        var request = SdkRequest.Create(method, new Uri(ImaHosts.ApiBase, path));
        request.Headers.TryAddWithoutValidation("x-app-source", "ima_skills");
        request.Headers.TryAddWithoutValidation("x_app_language", language.Code);
        return request;
    }
}
