using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;

namespace ImaNanoBanana.Testing;

/// <summary>The requests that came, with every key masked that any of them was made with. Thread-safe.</summary>
internal sealed partial class SimulatedRequestLog
{
    /// <summary>A simulator may run for days.</summary>
    public const int MostRequests = 10_000;

    public const int LongestBody = 16_384;

    private const string Mask = "***";

    /// <summary>What a shorter key would be masked in could be part of any word; it is masked where it belongs.</summary>
    private const int ShortestKey = 8;

    /// <summary>A key that begins within the part that is shown must not be shown by half.</summary>
    private const int LongestKey = 4_096;

    private readonly object _gate = new();
    private readonly Queue<SimulatedRequest> _requests = [];
    private readonly HashSet<string> _keys = [];

    /// <summary>Masked when it is asked for: a request may hold a key that only a later one shows to be a key.</summary>
    public IReadOnlyList<SimulatedRequest> Requests
    {
        get
        {
            lock (_gate)
            {
                string[] keys = [.. _keys.SelectMany(Spellings).Distinct().OrderByDescending(key => key.Length)];
                return [.. _requests.Select(request => Masked(request, keys))];
            }
        }
    }

    public void Add(HttpRequestMessage request, byte[] body, DateTimeOffset at)
    {
        var endpoint = SimulatedEndpoint.FromRequest(request) ?? "unknown";
        var text = request.Method == HttpMethod.Put
            ? string.Create(CultureInfo.InvariantCulture, $"{body.Length} bytes")
            : Encoding.UTF8.GetString(body);
        var isApi = request.RequestUri?.Host == ImaSimulator.ApiHost;
        var path = request.RequestUri?.PathAndQuery ?? "";
        var entry = new SimulatedRequest(
            endpoint, request.Method.Method, isApi
                ? path
                : QueryValue().Replace(path, Mask), HeadersOf(request), Start(text, LongestBody + LongestKey), at);
        lock (_gate)
        {
            _keys.UnionWith(KeysIn(request, text).Where(key => key.Length >= ShortestKey));
            _requests.Enqueue(entry);
            if (_requests.Count > MostRequests)
            {
                _requests.Dequeue();
            }
        }
    }

    private static IEnumerable<string> KeysIn(HttpRequestMessage request, string body)
    {
        if (request.Headers.Authorization is { Scheme: "Bearer", Parameter: { } key })
        {
            yield return key;
        }

        if (SimulatedEndpoint.FromRequest(request) == "token")
        {
            foreach (Match field in KeyField().Matches(body))
            {
                yield return Uri.UnescapeDataString(field.Value);
            }
        }
    }

    private static Dictionary<string, string> HeadersOf(HttpRequestMessage request)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (
            var (name, values) in request.Headers.NonValidated.Concat(
                request.Content?.Headers.NonValidated ?? default(HttpHeadersNonValidated)))
        {
            headers[name] = values.ToString();
        }

        return headers;
    }

    private static SimulatedRequest Masked(SimulatedRequest request, string[] keys) => request with
    {
        Path = Masked(request.Path, keys),
        Headers = request.Headers.ToDictionary(
            header => header.Key,
            header => Masked(
                header.Key.Equals("Authorization", StringComparison.OrdinalIgnoreCase)
                    ? Credentials().Replace(header.Value, Mask)
                    : header.Value,
                keys),
            StringComparer.OrdinalIgnoreCase),
        Body = Start(Masked(request.Endpoint == "token" ? KeyField().Replace(request.Body, Mask) : request.Body, keys), LongestBody),
    };

    private static string Masked(string text, string[] keys) =>
        keys.Aggregate(text, static (masked, key) => masked.Replace(key, Mask, StringComparison.Ordinal));

    private static string[] Spellings(string key) =>
        [key, Uri.EscapeDataString(key), JavaScriptEncoder.Default.Encode(key), JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(key)];

    private static string Start(string text, int length) => text.Length <= length ? text : text[..length];

    /// <summary>The values of a form that are the key (wire contract, section 4).</summary>
    [GeneratedRegex("(?<=(?:^|&)(?:appUid|cmimToken)=)[^&]+")]
    private static partial Regex KeyField();

    /// <summary>What stands behind the scheme; all of it where there is none.</summary>
    [GeneratedRegex("(?<= ).+|^[^ ]+$")]
    private static partial Regex Credentials();

    [GeneratedRegex("""(?<=\?.*=)[^&=]+""")]
    private static partial Regex QueryValue();
}
