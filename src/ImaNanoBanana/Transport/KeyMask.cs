using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;

namespace ImaNanoBanana.Transport;

/// <summary>
/// Takes the key out of what comes back from below the wire handler: a service or a gateway that quotes a request would
/// otherwise put the key into error texts, logs and the handlers of the app.
/// </summary>
internal sealed class KeyMask
{
    /// <summary>No key is shorter, and a shorter text could be part of any word of an answer.</summary>
    private const int ShortestKey = 8;

    private readonly string[] _forms;

    public KeyMask(string key) => _forms = key.Length < ShortestKey ? [] :
    [
        .. new[]
        {
            key,
            Uri.EscapeDataString(key),
            JavaScriptEncoder.Default.Encode(key),
            JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(key),
            JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(key).Replace("/", "\\/", StringComparison.Ordinal),
        }.Distinct(),
    ];

    public string In(string text) =>
        _forms.Aggregate(text, static (masked, form) => masked.Replace(form, new string('*', form.Length), StringComparison.Ordinal));

    /// <summary>Masks in place: the length stays the one that the answer announced.</summary>
    public byte[] In(byte[] body)
    {
        foreach (var form in _forms)
        {
            var bytes = Encoding.ASCII.GetBytes(form);
            var rest = body.AsSpan();
            for (var at = rest.IndexOf(bytes); at >= 0; at = rest.IndexOf(bytes))
            {
                rest.Slice(at, bytes.Length).Fill((byte)'*');
                rest = rest[(at + bytes.Length)..];
            }
        }

        return body;
    }

    /// <summary>The body itself, unless it holds the key: then a masked copy.</summary>
    public ReadOnlyMemory<byte> In(ReadOnlyMemory<byte> body) =>
        _forms.Any(form => body.Span.IndexOf(Encoding.ASCII.GetBytes(form)) >= 0) ? In(body.ToArray()) : body;

    /// <summary>The exception itself, unless its text holds the key: then one that says so. A cancellation stays one.</summary>
    public Exception In(Exception exception)
    {
        if (exception is OperationCanceledException || (TextOf(exception) is { } text && text == In(text)))
        {
            return exception;
        }

        var message = $"The app's own primary handler failed with a {exception.GetType()}. Its text is not shown: it holds the key, or cannot be read.";
        return exception is HttpRequestException { HttpRequestError: var error, StatusCode: var status }
            ? new HttpRequestException(error, message, statusCode: status)
            : new HttpRequestException(message);
    }

    /// <summary>Masks the headers at once and the body when it is read.</summary>
    public void In(HttpResponseMessage response)
    {
        if (_forms.Length > 0)
        {
            response.ReasonPhrase = response.ReasonPhrase is { } reason ? In(reason) : null;
            In(response.Headers);
            response.Content = new MaskedContent(response.Content, this);
        }
    }

    /// <summary>Masks in place.</summary>
    public void In(HttpHeaders headers)
    {
        foreach (var (name, values) in headers.NonValidated.ToArray())
        {
            string[] masked = [.. values.Select(In)];
            if (!masked.SequenceEqual(values))
            {
                headers.Remove(name);
                headers.TryAddWithoutValidation(name, masked);
            }
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "An app's own exception that fails to print itself must not come between the caller and what became of an order.")]
    private static string? TextOf(Exception exception)
    {
        try
        {
            return exception.ToString();
        }
        catch (Exception)
        {
            return null;
        }
    }
}
