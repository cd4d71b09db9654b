using Microsoft.AspNetCore.Http;

namespace ImaNanoBanana.Mcp.Http;

/// <summary>
/// Rejects requests of web pages that the person who runs the server has not allowed. Otherwise any page that a user visits could call
/// a server in the user's network. Programs send no origin.
/// </summary>
internal sealed class OriginCheck(RequestDelegate next, HttpSettings settings)
{
    private readonly HashSet<string> _allowed = settings.Origins.ToHashSet(StringComparer.OrdinalIgnoreCase);

    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Headers.Origin.All(origin => origin is not null && _allowed.Contains(origin)))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return context.Response.WriteAsync("This origin is not allowed. Start the server with --origin.\n", context.RequestAborted);
    }
}
