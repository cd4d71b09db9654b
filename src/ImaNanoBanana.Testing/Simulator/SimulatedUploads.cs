using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Testing;

/// <summary>Simulates the upload service. Not thread-safe; its owner synchronizes access.</summary>
internal sealed class SimulatedUploads(TimeProvider time)
{
    public const string StorageHost = "simulator.oss.aliyuncs.com";

    private static readonly string[] Fields =
    [
        "appUid", "appId", "appKey", "cmimToken", "sign", "timestamp", "nonce", "fService", "fType", "fSuffix", "fContentType",
    ];

    /// <summary>The SDK sends <c>jpeg</c>; other clients send the suffix of the file, which may be <c>jpg</c>.</summary>
    private const string OtherJpegSuffix = "jpg";

    private static readonly Dictionary<string, string> MediaTypes = new()
    {
        ["png"] = "image/png",
        ["jpeg"] = "image/jpeg",
        [OtherJpegSuffix] = "image/jpeg",
        ["webp"] = "image/webp",
        ["gif"] = "image/gif",
    };

    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private readonly HashSet<string> _nonces = [];
    private readonly Dictionary<string, string> _mediaTypes = [];
    private readonly Dictionary<string, Thumbnail> _stored = [];

    /// <summary>How far the upload service's clock is ahead of the simulator's; negative if it is behind.</summary>
    public TimeSpan ClockSkew { get; set; }

    /// <summary>What was uploaded, and the nonces that were used. Snapshots.</summary>
    public (Dictionary<string, string> Types, Dictionary<string, byte[]> Pixels, List<string> Nonces) Facts => (
        new(_mediaTypes), _stored.ToDictionary(stored => stored.Key, stored => stored.Value.Pixels.ToArray()), [.. _nonces]);

    /// <summary>Adds what was uploaded earlier.</summary>
    public void AddFacts(
        IReadOnlyDictionary<string, string> types, IReadOnlyDictionary<string, byte[]> pixels, IEnumerable<string> nonces)
    {
        foreach (var (name, type) in types)
        {
            _mediaTypes[name] = type;
        }

        foreach (var (address, thumbnail) in pixels)
        {
            _stored[address] = Thumbnail.FromPixels(thumbnail)!;
        }

        _nonces.UnionWith(nonces);
    }

    /// <summary>Whether a URL is not one of the simulator's upload URLs, or an image was uploaded to it.</summary>
    public bool IsKnown(string address) =>
        !address.Contains("/simulator/uploads/", StringComparison.Ordinal) || _stored.ContainsKey(address);

    /// <summary>The thumbnail of an image. For an image at a third-party URL, it is derived from the URL.</summary>
    public Thumbnail ThumbnailOf(string address) =>
        _stored.TryGetValue(address, out var thumbnail) ? thumbnail : Thumbnail.FromBytes(Encoding.UTF8.GetBytes(address));

    /// <summary>What the service accepts and the SDK sends in another way.</summary>
    public static IEnumerable<string> Differences(string form) =>
        FieldsOf(form)?.GetValueOrDefault("fSuffix") == OtherJpegSuffix ? ["fSuffix is jpg instead of jpeg"] : [];

    /// <returns>The response, or the rule that the form violates.</returns>
    public (string? Answer, string? Broken) Token(string form, string imageHost)
    {
        if (FieldsOf(form) is not { } fields)
        {
            return (null, "the form has a field twice");
        }

        if (Fields.FirstOrDefault(name => !fields.TryGetValue(name, out var value) || value.Length == 0) is { } missing)
        {
            return (null, $"the form has no {missing}");
        }

        if (Broken(fields) is { } broken)
        {
            return (null, broken);
        }

        if (!IsNow(fields["timestamp"], time.GetUtcNow() + ClockSkew))
        {
            return (Envelope.Failure(400, "the timestamp is more than 5 minutes off the clock of the service"), null);
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"{_mediaTypes.Count + 1:d4}.{fields["fSuffix"]}");
        _mediaTypes.Add(name, fields["fContentType"]);
        return (
            Envelope.Token(
                $"https://{StorageHost}/simulator/{name}?Expires=1&Signature=simulated%2B",
                $"https://{imageHost}/simulator/uploads/{name}"),
            null);
    }

    /// <returns>The fields of a form, or null if one is there twice.</returns>
    private static Dictionary<string, string>? FieldsOf(string form)
    {
        var fields = new Dictionary<string, string>();
        var pairs = form.Split('&').Select(pair => pair.Split('=', 2));
        return pairs.All(pair => fields.TryAdd(Text(pair[0]), pair.Length == 2 ? Text(pair[1]) : "")) ? fields : null;

        static string Text(string escaped) => Uri.UnescapeDataString(escaped.Replace('+', ' '));
    }

    /// <returns>The rule that the form violates, or null.</returns>
    private string? Broken(Dictionary<string, string> fields)
    {
        if (fields.Count != Fields.Length)
        {
            return "the form has more fields than the service allows";
        }

        if (fields["appUid"] != fields["cmimToken"])
        {
            return "appUid and cmimToken differ";
        }

        if (fields["sign"] != Sign($"{fields["appId"]}|{fields["appKey"]}|{fields["timestamp"]}|{fields["nonce"]}"))
        {
            return "the signature is wrong";
        }

        if (fields["nonce"].Length != 21 || !fields["nonce"].All(char.IsAsciiHexDigitLower))
        {
            return "the nonce is not 21 hexadecimal digits";
        }

        if (!_nonces.Add(fields["nonce"]))
        {
            return "the nonce was used before";
        }

        if (!IsNow(fields["timestamp"], time.GetUtcNow()))
        {
            return "the timestamp is not the current time";
        }

        if (fields["fService"] != "privite" || fields["fType"] != "picture")
        {
            return "fService and fType are not privite and picture";
        }

        if (MediaTypes.GetValueOrDefault(fields["fSuffix"]) != fields["fContentType"])
        {
            return "fSuffix and fContentType do not match";
        }

        return null;
    }

    /// <returns>The rule that the PUT request violates, or null.</returns>
    public string? Put(Uri address, ReadOnlyMemory<byte> image, string? mediaType, bool hasCredentials, string imageHost)
    {
        var name = address.AbsolutePath.Split('/')[^1];
        if (!_mediaTypes.TryGetValue(name, out var promised) || !address.Query.Contains("Signature=simulated%2B", StringComparison.Ordinal))
        {
            return "the address was not presigned";
        }

        if (mediaType != promised)
        {
            return "Content-Type differs from the one of the token";
        }

        if (hasCredentials)
        {
            return "credentials were sent to the storage host";
        }

        _stored[$"https://{imageHost}/simulator/uploads/{name}"] = Thumbnail.FromBytes(image);
        return null;
    }

    private static bool IsNow(string timestamp, DateTimeOffset now) =>
        long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && Math.Abs(now.ToUnixTimeSeconds() - seconds) <= Tolerance.TotalSeconds;

    [SuppressMessage("Security", "CA5350", Justification = "The service's signature is SHA-1.")]
    private static string Sign(string text) => Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(text)));
}
