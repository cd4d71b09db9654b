namespace ImaNanoBanana.Tests.Fuzzing;

/// <summary>Answers from memory, badly at the chosen endpoints, and keeps what it saw.</summary>
internal sealed class FuzzHandler(FuzzTarget target, Random random) : HttpMessageHandler
{
    private static readonly Dictionary<string, int> Most = new()
    {
        ["list"] = 6,
        ["create"] = 6,
        ["detail"] = 60,
        ["getuploadtoken"] = 3,
        ["put"] = 3,
        ["image"] = 3,
    };

    private readonly Dictionary<string, int> _counts = [];

    public List<CreateOracle> Creates { get; } = [];

    /// <summary>The answers that were given at the endpoints under attack, in sequence.</summary>
    public List<(string Endpoint, FuzzedAnswer Answer)> Given { get; } = [];

    /// <summary>The actions that a client must never take.</summary>
    public List<string> Violations { get; } = [];

    public int Count(string endpoint) => _counts.GetValueOrDefault(endpoint);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var endpoint = EndpointOf(request);
        CheckKey(request);
        _counts[endpoint] = Count(endpoint) + 1;
        if (Count(endpoint) > Most[endpoint])
        {
            Violations.Add($"request {Count(endpoint)} to {endpoint}");
            throw new InvalidOperationException("This never ends.");
        }

        var answer = IsTarget(endpoint) ? Bad(endpoint) : Good(endpoint);
        var isRead = answer.Delivery != Delivery.LostBeforeSending && (endpoint != "create" || random.Next(20) > 0);
        if (endpoint == "create")
        {
            if (Creates.Count > 0 && Creates[^1].MustStop)
            {
                Violations.Add("a create after one that must be the last");
            }

            Creates.Add(new CreateOracle(answer, isRead));
        }

        if (isRead && request.Content is not null)
        {
            await request.Content.ReadAsByteArrayAsync(cancellationToken);
        }

        return answer.HasAnswer
            ? answer.ToResponse()
            : throw (random.Next(3) switch
            {
                0 => new HttpRequestException(HttpRequestError.ResponseEnded, "The connection was lost."),
                1 => new IOException("The connection was lost."),
                _ => new InvalidOperationException("Whatever a handler throws."),
            });
    }

    private static string EndpointOf(HttpRequestMessage request) => (request.Method.Method, request.RequestUri!.Host) switch
    {
        ("PUT", _) => "put",
        (_, "api.imastudio.com" or "imapi.liveme.com") => request.RequestUri.AbsolutePath.Split('/')[^1],
        _ => "image",
    };

    private bool IsTarget(string endpoint) => target == FuzzTarget.Everything ? random.Next(3) == 0 : endpoint switch
    {
        "list" => target == FuzzTarget.List,
        "create" => target == FuzzTarget.Create,
        "detail" => target == FuzzTarget.Detail,
        "getuploadtoken" => target == FuzzTarget.Token,
        "put" => target == FuzzTarget.Token && random.Next(4) == 0,
        _ => target == FuzzTarget.Image,
    };

    private FuzzedAnswer Bad(string endpoint)
    {
        var answer = endpoint switch
        {
            "image" or "put" => AnswerMutator.Of(ByteMutator.Mutate(ValidAnswers.Image(random), random), random),
            _ => AnswerMutator.Of(ValidAnswers.Of(endpoint, random), random),
        };
        Given.Add((endpoint, answer));
        return answer;
    }

    private FuzzedAnswer Good(string endpoint)
    {
        if (endpoint is "image" or "put")
        {
            return new FuzzedAnswer(200, ValidAnswers.Image(random));
        }

        var text = new System.Text.StringBuilder();
        ValidAnswers.Of(endpoint, random).Write(text);
        return new FuzzedAnswer(200, System.Text.Encoding.Latin1.GetBytes(text.ToString()));
    }

    private void CheckKey(HttpRequestMessage request)
    {
        var isOwnHost = request.RequestUri!.Host is "api.imastudio.com" or "imapi.liveme.com";
        if (!isOwnHost && request.Headers.Authorization is not null)
        {
            Violations.Add($"the key went to {request.RequestUri.Host}");
        }

        if (request.Method == HttpMethod.Put
            && !request.RequestUri.IdnHost.EndsWith(".aliyuncs.com", StringComparison.OrdinalIgnoreCase)
            && !request.RequestUri.IdnHost.EndsWith(".esxscloud.com", StringComparison.OrdinalIgnoreCase))
        {
            Violations.Add($"an image went to {request.RequestUri.Host}");
        }
    }
}
