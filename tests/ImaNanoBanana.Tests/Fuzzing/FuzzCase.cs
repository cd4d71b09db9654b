using System.Text;
using System.Text.Json;

namespace ImaNanoBanana.Tests.Fuzzing;

/// <summary>One call of the public client against bad answers, and the rules that it must satisfy.</summary>
internal sealed class FuzzCase : IDisposable
{
    private const string Key = "ima_fuzz_key";

    /// <summary>If something hangs, only this ends the test; it never decides anything else.</summary>
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(2);

    private static readonly FuzzTarget[] Targets =
    [
        FuzzTarget.List,
        FuzzTarget.List,
        FuzzTarget.Create,
        FuzzTarget.Create,
        FuzzTarget.Create,
        FuzzTarget.Create,
        FuzzTarget.Detail,
        FuzzTarget.Token,
        FuzzTarget.Image, FuzzTarget.Handle, FuzzTarget.Everything,
    ];

    private readonly Random _random;
    private readonly FuzzTarget _target;
    private readonly FuzzHandler _handler;
    private readonly ImaImageClient _client;
    private string _text = "";

    public FuzzCase(Random random)
    {
        _random = random;
        _target = Targets[random.Next(Targets.Length)];
        _handler = new FuzzHandler(_target, random);
        _client = TestClients.Create(FuzzClient.Options(Key), _handler, new HurriedTimeProvider());
    }

    /// <returns>What is wrong, or null.</returns>
    public async Task<string?> RunAsync()
    {
        object? outcome;
        try
        {
            outcome = await CallAsync().WaitAsync(Hang);
        }
        catch (Exception exception)
        {
            outcome = exception;
        }

        try
        {
            var wrong = _handler.Violations.Count > 0 ? string.Join("; ", _handler.Violations) : Wrong(outcome);
            return wrong is null ? null : $"{wrong}{Environment.NewLine}  outcome: {outcome}";
        }
        catch (Exception exception)
        {
            return $"the outcome cannot be checked: {exception}";
        }
    }

    /// <summary>The number of bad answers that were given.</summary>
    public int Answers => _handler.Given.Count + (_text.Length > 0 ? 1 : 0);

    public void Dispose()
    {
        _client.Dispose();
        _handler.Dispose();
    }

    public override string ToString()
    {
        var text = new StringBuilder($"target {_target}");
        foreach (var (endpoint, answer) in _handler.Given)
        {
            text.AppendLine().Append("  ").Append(endpoint).Append(": ").Append(answer);
        }

        return _text.Length == 0 ? text.ToString() : text.AppendLine().Append("  text: ").Append(_text).ToString();
    }

    private async Task<object?> CallAsync()
    {
        switch (_target)
        {
            case FuzzTarget.Handle:
                return ImageTask.TryFromHandle(Text("handle"), out var task) ? task : "no handle";
            case FuzzTarget.Image:
                var image = new GeneratedImage(new Uri("https://images.example/1.png")) { RequestedAspectRatio = new AspectRatio("1:1") };
                using (var destination = new MemoryStream())
                {
                    return (await _client.DownloadAsync(image, destination), destination.ToArray());
                }

            case FuzzTarget.List when _random.Next(4) == 0:
                return await _client.ListModelsAsync(ImageTaskType.TextToImage);
            case FuzzTarget.List when _random.Next(4) == 0:
                return await _client.QuoteAsync(Request());
            case FuzzTarget.Detail when _random.Next(3) == 0:
                return await _client.WaitForCompletionAsync(new ImageTask("task_1"));
            case FuzzTarget.Detail when _random.Next(5) == 0:
                return await _client.GetStatusAsync(new ImageTask("task_1"));
            default:
                return await _client.GenerateAsync(Request());
        }
    }

    private string Text(string kind)
    {
        _text = Encoding.UTF8.GetString(AnswerMutator.Of(ValidAnswers.Of(kind, _random), _random).Body);
        return _text = _random.Next(10) == 0 ? _text.Insert(_random.Next(_text.Length + 1), "\uD800") : _text;
    }

    private ImageRequest Request() => new(_random.Next(50) == 0 ? "half of a pair: \uD800" : "a cute puppy on grass")
    {
        Size = _random.Next(3) == 0 ? ImageSize.Size2K : null,
        Count = _random.Next(4) == 0 ? 3 : null,
        AllowSmallerSize = _random.Next(2) == 0,
        MaxCredits = _random.Next(3) == 0 ? 100 : null,
        Parameters = _target == FuzzTarget.List && _random.Next(4) == 0
            ? ImageParameters.Parse(Text("parameters"))
            : new Dictionary<string, JsonElement>(),
        Images = _target == FuzzTarget.Token || (_target == FuzzTarget.Everything && _random.Next(2) == 0)
            ? [ImageInput.FromBytes(ValidAnswers.Image(_random))]
            : [],
    };

    private string? Wrong(object? outcome) => outcome switch
    {
        ImaException error when _target == FuzzTarget.Image =>
            error.Kind == ImaErrorKind.DownloadFailed ? null : "a download failed with another kind",
        ImaException error => OfError(error),
        Exception exception => $"{exception.GetType().Name} came out",
        ImageResult result => OfResult(result),
        ImageTask task => OfTask(task),
        (ImageDownload download, byte[] bytes) => FuzzedImages.Wrong(download, bytes),
        ImageQuote quote => quote.Credits < 0 ? "a negative price" : null,
        _ => null,
    };

    private string? OfResult(ImageResult result) =>
        result.Images.Count == 0 ? "a result without an image"
        : result.Images.Any(image => image.Url is not { IsAbsoluteUri: true, Scheme: "http" or "https" }) ? "an image without a web address"
        : _target != FuzzTarget.Detail && _handler.Creates.Count == 0 ? "a result without a create"
        : _handler.Creates.Count > 0 && !_handler.Creates[^1].Ids.Contains(result.Task.Id) ? "a result of another task"
        : OfTask(result.Task);

    private string? OfError(ImaException error)
    {
        var last = _handler.Creates.LastOrDefault();
        var isWatch =
            error.Kind is ImaErrorKind.WatchFailed or ImaErrorKind.TaskNotFound or ImaErrorKind.TimedOut or ImaErrorKind.TaskFailed;
        for (Exception? cause = error; cause is not null; cause = cause.InnerException)
        {
            if (cause.Message.Contains(Key, StringComparison.Ordinal))
            {
                return "the key is in the error";
            }
        }

        if (error.Task is { } task && OfTask(task) is { } wrong)
        {
            return wrong;
        }

        if (last is null)
        {
            return isWatch
                ? (_target == FuzzTarget.Detail ? null : "a watch without a create")
                : error.ChargeStatus != ImaChargeStatus.NotCharged
                ? "a charge without a create"
                : null;
        }

        // Only the last create may be charged: the handler checked those before it.
        return last.MayBeCharged && error.ChargeStatus == ImaChargeStatus.NotCharged ? "credits may be spent, but the error says no"
            : last.MayBeCharged && error.RetryGuidance == ImaRetryGuidance.SubmitAgain
                ? "credits may be spent, but submitting again is reported as safe"
            : last.IsCharged && !isWatch ? "a charged task was not watched"
            : last.Ids.Count > 0 && !last.Ids.Contains(error.Task?.Id) ? "the task is lost"
            : isWatch && last.Ids.Count == 0 ? "a watch without a task"
            : null;
    }

    private static string? OfTask(ImageTask task) =>
        string.IsNullOrWhiteSpace(task.Id) ? "a task without an id"
        : task.Credits < 0 || !ImageTask.FromHandle(task.ToHandle()).Equals(task) ? "a task does not survive its handle"
        : null;
}
