using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Diagnostics;

/// <summary>
/// Records the span and the duration of one operation, as defined by the semantic conventions for generative AI. Without a listener,
/// no operation is created and nothing is allocated.
/// </summary>
internal sealed class Operation : IDisposable
{
    public const string Generate = "generate_content";
    public const string Quote = "quote";
    public const string Upload = "upload";
    public const string Submit = "submit";
    public const string Watch = "watch";
    public const string Download = "download";

    private const string Provider = "ima_studio";

    private readonly string _name;
    private readonly string? _model;
    private readonly string _server;
    private readonly TimeProvider _time;

    [SuppressMessage("Usage", "CA2213", Justification = "Disposed by AppCallback, because its listeners may throw.")]
    private readonly Activity? _activity;

    /// <summary>Whether the span is one that another instrumentation started for the same generation, and will end.</summary>
    private readonly bool _isShared;

    private readonly long _start;
    private string? _error;

    private Operation(string name, string server, string? model, TimeProvider time, string? traceParent)
    {
        (_name, _server, _model, _time, _start) = (name, server, model, time, time.GetTimestamp());
        if (name == Generate && Activity.Current is { } outer && IsSameGeneration(outer))
        {
            (_activity, _isShared) = (outer, true);
            return;
        }

        ActivityLink[]? links = ActivityContext.TryParse(traceParent, null, isRemote: true, out var create)
            ? [new ActivityLink(create)]
            : null;
        _activity = ImaTelemetry.Source.StartActivity(
            ActivityKind.Client, parentContext: default, tags: Tags(), links: links, name: model is null ? name : $"{name} {model}");
    }

    public static bool IsObserved =>
        ImaTelemetry.Source.HasListeners() || ImaTelemetry.Duration.Enabled || ImaTelemetry.ActiveTasks.Enabled;

    /// <param name="name">One of the names of this class.</param>
    /// <param name="server">The host that the operation accesses.</param>
    /// <param name="model">The model, or null if the operation has no model or the model is unknown.</param>
    /// <param name="time">Measures the duration.</param>
    /// <param name="traceParent">The trace parent of the create request that a watch belongs to.</param>
    /// <returns>The operation, or null without a listener.</returns>
    public static Operation? Start(string name, string server, ImageModel? model, TimeProvider time, string? traceParent = null) =>
        IsObserved ? Started(name, server, model, time, traceParent) : null;

    /// <summary>
    /// Makes this span the current one again: after each item, an async iterator continues with the current span of its reader.
    /// </summary>
    public void Enter()
    {
        if (_activity is not null)
        {
            Activity.Current = _activity;
        }
    }

    public void Submitted(ImageTask task) => _activity?
        .SetTag("ima.task.id", task.Id)
        .SetTag("ima.credits", (double?)task.Credits)
        .SetTag("ima.idempotency_key", task.IdempotencyKey);

    public void Tag(string name, object? value) => _activity?.SetTag(name, value);

    /// <param name="prompt">The prompt, or null if it must not be recorded.</param>
    public Operation WithPrompt(string? prompt)
    {
        if (prompt is not null)
        {
            _activity?.SetTag("gen_ai.input.messages", InputMessages.FromPrompt(prompt));
        }

        return this;
    }

    /// <summary>Records the error. For use in an exception filter, which then does not catch the exception.</summary>
    /// <returns>False.</returns>
    public static bool Failed(Operation? operation, Exception exception)
    {
        operation?.Fail(exception is ImaException error ? error.Kind.ToString() : exception.GetType().FullName!);
        return false;
    }

    public void Fail(string error)
    {
        _error = error;

        // The error text is omitted, because it may quote the caller's input.
        if (!_isShared)
        {
            _activity?.SetTag("error.type", error).SetStatus(ActivityStatusCode.Error);
        }
    }

    public void Dispose()
    {
        AppCallback.Invoke(this, static operation => operation.Measure());
        if (!_isShared)
        {
            AppCallback.Invoke(_activity, static activity => activity?.Dispose());
        }
    }

    /// <summary>
    /// Whether the span stands for this generation already, because an instrumentation around the client, such as the one of
    /// Microsoft.Extensions.AI, follows the same conventions. A span that has a task belongs to an earlier generation.
    /// </summary>
    private static bool IsSameGeneration(Activity outer) =>
        outer.Source != ImaTelemetry.Source
            && outer.GetTagItem("gen_ai.operation.name") is Generate
            && outer.GetTagItem("gen_ai.provider.name") is Provider
            && outer.GetTagItem("ima.task.id") is null;

    private static Operation? Started(string name, string server, ImageModel? model, TimeProvider time, string? traceParent)
    {
        Operation? operation = null;
        AppCallback.Invoke(0, _ => operation = new Operation(name, server, model?.Id, time, traceParent));
        return operation;
    }

    private void Measure()
    {
        if (ImaTelemetry.Duration.Enabled)
        {
            var tags = default(TagList);
            foreach (var tag in Tags())
            {
                tags.Add(tag);
            }

            if (_error is not null)
            {
                tags.Add("error.type", _error);
            }

            ImaTelemetry.Duration.Record(_time.GetElapsedTime(_start).TotalSeconds, tags);
        }
    }

    private IEnumerable<KeyValuePair<string, object?>> Tags()
    {
        yield return new("gen_ai.operation.name", _name);
        yield return new("gen_ai.provider.name", Provider);
        yield return new("server.address", _server);
        if (_model is not null)
        {
            yield return new("gen_ai.request.model", _model);
        }

        if (_name == Generate)
        {
            yield return new("gen_ai.output.type", "image");
        }
    }
}
