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

    private readonly string _key;
    private readonly string[] _forms;
    private readonly byte[][] _bytes;

    public KeyMask(string key)
    {
        _key = key;
        _forms = key.Length < ShortestKey ? [] :
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
        _bytes = [.. _forms.Select(Encoding.ASCII.GetBytes)];
    }

    public bool IsOf(string key) => key == _key;

    public string In(string text)
    {
        foreach (var form in _forms)
        {
            if (text.Contains(form, StringComparison.Ordinal))
            {
                text = text.Replace(form, new string('*', form.Length), StringComparison.Ordinal);
            }
        }

        return text;
    }

    /// <summary>Masks in place: the length stays the one that the answer announced.</summary>
    public void In(Span<byte> body)
    {
        foreach (var form in _bytes)
        {
            var rest = body;
            for (var at = rest.IndexOf(form); at >= 0; at = rest.IndexOf(form))
            {
                rest.Slice(at, form.Length).Fill((byte)'*');
                rest = rest[(at + form.Length)..];
            }
        }
    }

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

    /// <summary>Masks everything but the body.</summary>
    public void In(HttpResponseMessage response)
    {
        response.ReasonPhrase = response.ReasonPhrase is { } reason ? In(reason) : null;
        In(response.Headers);
        In(response.Content.Headers);
    }

    /// <summary>Masks in place.</summary>
    public void In(HttpHeaders headers)
    {
        List<(string Name, string[] Values)>? masked = null;
        foreach (var (name, values) in headers.NonValidated)
        {
            foreach (var value in values)
            {
                if (!ReferenceEquals(In(value), value))
                {
                    (masked ??= []).Add((name, [.. values.Select(In)]));
                    break;
                }
            }
        }

        foreach (var (name, values) in masked ?? [])
        {
            headers.Remove(name);
            headers.TryAddWithoutValidation(name, values);
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
