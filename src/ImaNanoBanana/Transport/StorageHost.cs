namespace ImaNanoBanana.Transport;

/// <summary>Determines to which URLs images may be uploaded. Pure.</summary>
internal static class StorageHost
{
    private const string AnySubdomain = "*.";

    /// <summary>Whether a text is a host name with at least two labels, or <c>*.</c> followed by one.</summary>
    public static bool IsPattern(string? text)
    {
        var host = text is not null && text.StartsWith(AnySubdomain, StringComparison.Ordinal) ? text[AnySubdomain.Length..] : text;
        return host is not null && host.Contains('.', StringComparison.Ordinal) && Uri.CheckHostName(host) == UriHostNameType.Dns;
    }

    /// <summary>Whether a URL is https, on the default port, without a user name, on one of the hosts.</summary>
    public static bool IsAllowed(Uri address, IEnumerable<string> patterns) =>
        address is { IsAbsoluteUri: true, IsDefaultPort: true, UserInfo: "" }
        && address.Scheme == Uri.UriSchemeHttps
        && patterns.Any(pattern => Matches(address.IdnHost, pattern));

    private static bool Matches(string host, string pattern) =>
        pattern.StartsWith(AnySubdomain, StringComparison.Ordinal)
            ? host.Length > pattern.Length - 1 && host.EndsWith(pattern[1..], StringComparison.OrdinalIgnoreCase)
            : string.Equals(host, pattern, StringComparison.OrdinalIgnoreCase);
}
