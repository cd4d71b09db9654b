using System.Globalization;
using ImaNanoBanana.Studio.Texts;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ImaNanoBanana.Studio.Api;

/// <summary>Answers with a problem when an endpoint throws. The answer never contains a stack or a message of the platform.</summary>
internal sealed class Problems : IExceptionHandler
{
    private const string MediaType = "application/problem+json";

    public async ValueTask<bool> TryHandleAsync(HttpContext http, Exception exception, CancellationToken cancellationToken)
    {
        var language = Languages.Of(http.Request);
        var problem = exception switch
        {
            ImaException error => ProblemDocument.Create(error, language),
            BadHttpRequestException bad => Create(bad.StatusCode, language),
            _ => Create(StatusCodes.Status500InternalServerError, language),
        };
        if (exception is ImaException { RetryAfter: { } wait })
        {
            http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        await Answer(problem).ExecuteAsync(http);
        return true;
    }

    public static JsonHttpResult<ProblemDocument> Answer(ProblemDocument problem) =>
        TypedResults.Json(problem, StudioJsonContext.Default.ProblemDocument, MediaType, problem.Status);

    public static JsonHttpResult<ProblemDocument> NotFound(HttpRequest request) =>
        Answer(Create(StatusCodes.Status404NotFound, Languages.Of(request)));

    public static ProblemDocument Create(int status, ImaLanguage language)
    {
        var (english, chinese) = status switch
        {
            StatusCodes.Status400BadRequest => ("The request cannot be read.", "无法读取该请求。"),
            StatusCodes.Status404NotFound => ("There is nothing at this address.", "该地址没有内容。"),
            StatusCodes.Status413PayloadTooLarge => ("The file is too large.", "文件过大。"),
            StatusCodes.Status415UnsupportedMediaType => ("Only PNG, JPEG and WebP images are accepted.", "仅支持 PNG、JPEG 和 WebP 图片。"),
            StatusCodes.Status429TooManyRequests => ("The storage for your images is full.", "图片存储空间已满。"),
            _ => ("Something went wrong in the studio.", "服务出现错误。"),
        };
        return new ProblemDocument("about:blank", language.Select(english, chinese), status, language.Select(english, chinese));
    }
}
