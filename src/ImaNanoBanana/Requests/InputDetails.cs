using ImaNanoBanana.Errors;

namespace ImaNanoBanana.Requests;

/// <summary>What is known of an image to work from before planning.</summary>
/// <param name="Name">How the caller named it.</param>
/// <param name="Problem">Why it cannot be used; null when it can.</param>
internal sealed record InputDetails(string Name, string? Problem)
{
    /// <summary>What people are told of the problem.</summary>
    public AdviceCause Cause { get; init; } = AdviceCause.Images;

    /// <summary>The address to send; null for an image that is yet to be uploaded.</summary>
    public string? Address { get; init; }

    /// <summary>What an image that is yet to be uploaded is.</summary>
    public LocalImage? Local { get; init; }

    /// <summary>The media type by the first bytes, of an image that is yet to be uploaded.</summary>
    public string? MediaType { get; init; }

    /// <summary>The length in bytes of an image that is yet to be uploaded.</summary>
    public long Length { get; init; }

    /// <summary>The first bytes of an image that is yet to be uploaded.</summary>
    public ReadOnlyMemory<byte> Start { get; init; }

    /// <summary>What changes when somebody replaces the image or writes to it, where there is such a thing.</summary>
    public string? Stamp { get; init; }

    /// <summary>Checks an address (careful client, section 1, rule 12). Pure.</summary>
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
            return "is no address with a host";
        }

        if (address.Scheme == Uri.UriSchemeHttp)
        {
            return "is a plain http address; use https or a local file";
        }

        if (address.Scheme != Uri.UriSchemeHttps)
        {
            return $"is no https address but '{address.Scheme}'";
        }

        if (address.UserInfo.Length > 0)
        {
            return "carries a user name or password, which would be published";
        }

        return null;
    }

    /// <summary>For error texts: without a password, and without a query, which may be a signature.</summary>
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
