using System.Security.Cryptography;
using System.Text;

namespace ImaNanoBanana.Studio.Security;

/// <summary>
/// Who sends a request. The sample knows people by a random cookie only; in an app with accounts, take the id of the signed-in user here
/// instead, and everything else stays as it is.
/// </summary>
/// <param name="Id">The key of everything that the visitor owns. It is a hash of the cookie, so the database does not contain the
/// cookie itself.</param>
internal sealed record Visitor(string Id)
{
    private const string Cookie = "studio_visitor";
    private const int Length = 32;

    /// <summary>Called by ASP.NET Core for each parameter of this type.</summary>
    public static ValueTask<Visitor?> BindAsync(HttpContext http)
    {
        if (http.Items[typeof(Visitor)] is not Visitor visitor)
        {
            var secret = http.Request.Cookies[Cookie] is { Length: Length } known ? known : Create(http);
            visitor = new Visitor(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)))[..Length]);
            http.Items[typeof(Visitor)] = visitor;
        }

        return ValueTask.FromResult<Visitor?>(visitor);
    }

    /// <summary>
    /// Gives the cookie with the page itself. Its scripts send several requests at the same time, and without a cookie each of them would
    /// come from another visitor.
    /// </summary>
    public static void UseVisitors(IApplicationBuilder app) =>
        app.Use(async (http, next) =>
        {
            if (http.Request.Path == "/")
            {
                await BindAsync(http);
            }

            await next(http);
        });

    private static string Create(HttpContext http)
    {
        var secret = RandomNumberGenerator.GetHexString(Length, lowercase: true);
        var options = new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = http.Request.IsHttps,
            MaxAge = TimeSpan.FromDays(365),
            IsEssential = true,
        };
        http.Response.Cookies.Append(Cookie, secret, options);
        return secret;
    }
}
