using System.Net.Http.Headers;
using System.Text.Json;

namespace ImaNanoBanana.Benchmarks.Overhead;

/// <summary>
/// The code that a developer writes for a single image: the same requests with <see cref="HttpClient"/> and source-generated JSON, without
/// the SDK's safeguards.
/// </summary>
internal sealed class HandWrittenClient(HttpMessageHandler handler, string key, string userAgent) : IDisposable
{
    private const string Api = "https://api.imastudio.com/open/v1/";

    private readonly HttpClient _http = new(handler, disposeHandler: false);
    private ListedNode? _leaf;

    /// <returns>The URL of the image.</returns>
    public async Task<string> GenerateAsync(string prompt)
    {
        _leaf ??= Last(
            (await SendAsync(
                HttpMethod.Get,
                "product/list?app=ima&platform=web&category=text_to_image",
                null,
                HandWrittenJson.Default.ListAnswer)).Data!)!;
        var body = JsonSerializer.SerializeToUtf8Bytes(Submission(_leaf, prompt), HandWrittenJson.Default.HandWrittenSubmission);
        var created = await SendAsync(HttpMethod.Post, "tasks/create", body, HandWrittenJson.Default.CreateAnswer);
        var look = JsonSerializer.SerializeToUtf8Bytes(
            new HandWrittenPoll { TaskId = created.Data!.Id! }, HandWrittenJson.Default.HandWrittenPoll);
        while (true)
        {
            var detail = await SendAsync(HttpMethod.Post, "tasks/detail", look, HandWrittenJson.Default.DetailAnswer);
            if (detail.Data!.Medias is [{ ResourceStatus: 1, Url: { } url }])
            {
                return url;
            }

            await Task.Delay(5000);
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>The create request for a leaf of the product list, with the leaf's defaults.</summary>
    public static HandWrittenSubmission Submission(ListedNode leaf, string prompt)
    {
        var size = leaf.FormConfig!.First(field => field.Field == "size").Value!;
        var rule = leaf.CreditRules!.First(rule => rule.Attributes!["size"] == size);
        return new HandWrittenSubmission
        {
            TaskType = "text_to_image",
            Parameters =
            [
                new HandWrittenParameters
                {
                    AttributeId = rule.AttributeId,
                    ModelId = leaf.ModelId!,
                    ModelName = leaf.Name!,
                    ModelVersion = leaf.Id!,
                    Category = "text_to_image",
                    Credit = rule.Points,
                    Parameters = new HandWrittenInner
                    {
                        AspectRatio = leaf.FormConfig!.First(field => field.Field == "aspect_ratio").Value!,
                        Size = size,
                        Prompt = prompt,
                        N = 1,
                        Cast = new HandWrittenCast { Points = rule.Points, AttributeId = rule.AttributeId },
                    },
                },
            ],
        };
    }

    /// <summary>The newest leaf of the model.</summary>
    public static ListedNode? Last(IEnumerable<ListedNode> nodes)
    {
        ListedNode? last = null;
        foreach (var node in nodes)
        {
            last = node is { Type: "3", ModelId: "gemini-3.1-flash-image" }
                ? node
                : node.Children is { } children
                ? Last(children) ?? last
                : last;
        }

        return last;
    }

    private async Task<T> SendAsync<T>(
        HttpMethod method, string path, byte[]? body, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : HandWrittenAnswer
    {
        using var request = new HttpRequestMessage(method, new Uri(Api + path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        request.Headers.TryAddWithoutValidation("User-Agent", userAgent);
        request.Headers.TryAddWithoutValidation("Accept", "*/*");
        request.Headers.TryAddWithoutValidation("x-app-source", "ima_skills");
        request.Headers.TryAddWithoutValidation("x_app_language", "en");
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        await using var stream = await response.Content.ReadAsStreamAsync();
        var answer = (await JsonSerializer.DeserializeAsync(stream, type))!;
        return answer.Code is 0 or 200 ? answer : throw new InvalidOperationException($"code {answer.Code}: {answer.Message}");
    }
}
