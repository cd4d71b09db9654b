using ImaNanoBanana.Errors;

namespace ImaNanoBanana.Requests;

/// <summary>Holds what is known about a source image before planning.</summary>
/// <param name="Name">The name that the caller used for the image.</param>
/// <param name="Problem">The reason why the image cannot be used; null if it can be used.</param>
internal sealed record InputDetails(string Name, string? Problem)
{
    /// <summary>Selects the advice that users get about the problem.</summary>
    public AdviceCause Cause { get; init; } = AdviceCause.Images;

    /// <summary>The URL to send; null for an image that is not uploaded yet.</summary>
    public string? Address { get; init; }

    /// <summary>The local image, if it is not uploaded yet.</summary>
    public LocalImage? Local { get; init; }

    /// <summary>The media type of an image that is not uploaded yet, detected from its first bytes.</summary>
    public string? MediaType { get; init; }

    /// <summary>The length in bytes of an image that is not uploaded yet.</summary>
    public long Length { get; init; }

    /// <summary>The first bytes of an image that is not uploaded yet.</summary>
    public ReadOnlyMemory<byte> Start { get; init; }

    /// <summary>A value that changes when the image is replaced or written to; null if there is none.</summary>
    public string? Stamp { get; init; }

    /// <summary>Checks a URL. It must be an https URL with a host and without a user name or password. Pure.</summary>
    public static InputDetails FromAddress(string text)
    {
        Uri.TryCreate(text, UriKind.Absolute, out var address);
        var problem = AddressProblem(address);
        return new InputDetails(AddressName(text, address), problem)
        {
            Address = problem is null ? text : null,
            Cause = AdviceCause.ImageAddress,
        };
    }

    private static string? AddressProblem(Uri? address)
    {
        if (address is null || address.Host.Length == 0)
        {
            return "is not a URL with a host";
        }

        if (address.Scheme == Uri.UriSchemeHttp)
        {
            return "uses plain http. Use https or a local file";
        }

        if (address.Scheme != Uri.UriSchemeHttps)
        {
            return $"uses the scheme '{address.Scheme}' instead of https";
        }

        if (address.UserInfo.Length > 0)
        {
            return "contains a user name or password, which would be published";
        }

        return null;
    }

    /// <summary>The name for error texts: without a password, and without the query, which may contain a signature.</summary>
    private static string AddressName(string text, Uri? address)
    {
        if (address is { UserInfo.Length: > 0 })
        {
            return address.Host;
        }

        var query = text.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? text : text[..query] + "?...";
    }
}
