using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;

namespace ImaNanoBanana.Testing;

/// <summary>Records the requests that arrived and masks every API key that any of them used. Thread-safe.</summary>
internal sealed partial class SimulatedRequestLog
{
    /// <summary>Limits the memory, because a simulator may run for days.</summary>
    public const int MostRequests = 10_000;

    public const int LongestBody = 16_384;

    private const string Mask = "***";

    /// <summary>A shorter key could be part of any word, so it is masked only in the places where a key is sent.</summary>
    private const int ShortestKey = 8;

    /// <summary>A key that starts within the visible part must not be shown partially.</summary>
    private const int LongestKey = 4_096;

    private readonly object _gate = new();
    private readonly Queue<SimulatedRequest> _requests = [];
    private readonly HashSet<string> _keys = [];

    /// <summary>Masks on each read, because a request may contain a key that only a later request identifies as a key.</summary>
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

    /// <summary>Forgets the requests. Keys are still masked.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _requests.Clear();
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
            foreach (var form in new[] { body, request.RequestUri!.Query.TrimStart('?') })
            {
                foreach (Match field in KeyField().Matches(form))
                {
                    yield return Uri.UnescapeDataString(field.Value);
                }
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

    /// <summary>The values of the form fields that contain the API key.</summary>
    [GeneratedRegex("(?<=(?:^|&)(?:appUid|cmimToken)=)[^&]+")]
    private static partial Regex KeyField();

    /// <summary>The part after the scheme, or the whole value if there is no scheme.</summary>
    [GeneratedRegex("(?<= ).+|^[^ ]+$")]
    private static partial Regex Credentials();

    [GeneratedRegex("""(?<=\?.*=)[^&=]+""")]
    private static partial Regex QueryValue();
}
