using ImaNanoBanana.Testing.Control;
using Microsoft.AspNetCore.Http;

namespace ImaNanoBanana.Testing.Pages;

/// <summary>
/// Answers a browser: the page at <c>/</c> and its small pictures. Looking at them sends no request to the service: it is not logged or
/// counted, uses up no scenario or fault, and a damaged download is still ahead.
/// </summary>
internal sealed class SimulatorPages(ImaSimulator simulator)
{
    public static bool IsPage(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && (request.Path.Value == "/" || request.Path.Value?.StartsWith(SimulatorControl.Previews, StringComparison.Ordinal) is true);

    public async Task AnswerAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "no-cache";
        headers.XContentTypeOptions = "nosniff";
        if (context.Request.Path.Value == "/")
        {
            headers.ContentType = "text/html; charset=utf-8";
            headers.ContentSecurityPolicy = IndexPage.ContentSecurityPolicy;
            var page = IndexPage.Render(TaskAnswers.FromSimulator(simulator), simulator.Violations, simulator.Differences);
            await context.Response.WriteAsync(page, context.RequestAborted).ConfigureAwait(false);
            return;
        }

        await PictureAsync(context).ConfigureAwait(false);
    }

    private async Task PictureAsync(HttpContext context)
    {
        var path = SimulatorControl.Prefix + "/" + context.Request.Path.Value![SimulatorControl.Previews.Length..];
        using var picture = simulator.Preview(path, out var tag);
        if (picture is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        // The page loads its pictures every few seconds; painting them again would keep the processor busy.
        context.Response.Headers.ETag = tag;
        if (context.Request.Headers.IfNoneMatch == tag)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        context.Response.ContentType = picture.Headers.ContentType!.ToString();
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await picture.CopyToAsync(context.Response.Body, context.RequestAborted).ConfigureAwait(false);
        }
    }
}
