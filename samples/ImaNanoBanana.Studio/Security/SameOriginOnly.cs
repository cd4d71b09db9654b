namespace ImaNanoBanana.Studio.Security;

/// <summary>
/// Refuses requests that pages of other sites make a browser send. Browsers add these headers themselves, and no page can change them;
/// programs other than browsers send neither of them and have no cookie that could be misused.
/// </summary>
internal static class SameOriginOnly
{
    public static void UseSameOriginOnly(this IApplicationBuilder app) =>
        app.Use(async (http, next) =>
        {
            if (IsAllowed(http.Request))
            {
                await next(http);
                return;
            }

            await TypedResults.Problem(
                "This request comes from a page of another site.", statusCode: StatusCodes.Status403Forbidden).ExecuteAsync(http);
        });

    /// <summary>Pure.</summary>
    public static bool IsAllowed(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        {
            return true;
        }

        // "none" means that a person typed the address.
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        var origin = request.Headers.Origin.ToString();
        return site is "" or "same-origin" or "none"
            && (origin.Length == 0 || (Uri.TryCreate(origin, UriKind.Absolute, out var from) && IsHost(from, request)));
    }

    /// <summary>The scheme is not compared: behind a proxy, it is the proxy's.</summary>
    private static bool IsHost(Uri from, HttpRequest request) =>
        string.Equals(from.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase);
}
