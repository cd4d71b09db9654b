using System.Buffers;
using System.Globalization;
using System.Text;
using ImaNanoBanana.Catalog;
using ImaNanoBanana.Json;
using ImaNanoBanana.Requests;

namespace ImaNanoBanana.Planning;

/// <summary>
/// Turns a request and the product list into a plan, or rejects the request. Pure: sends nothing, and plans nothing that was not
/// requested.
/// </summary>
internal static class ImagePlanner
{
    public const int LongestKey = 200;

    private const int LongestTag = 64;

    /// <summary>Checks what can be rejected without the product list: the model, the prompt, the count and the idempotency key.</summary>
    /// <param name="request">The request.</param>
    /// <param name="scope">The models that it may name.</param>
    /// <exception cref="ImaException">The request cannot be submitted.</exception>
    public static void Check(ImageRequest request, ModelScope scope)
    {
        if (request.Images is null || request.Parameters is null)
        {
            throw RequestErrors.Create(
                request.Images is null ? ImaInvalidRequestReason.Images : ImaInvalidRequestReason.Parameter,
                request.Images is null ? "images" : "parameters",
                "Images and Parameters of a request can be empty, but must not be null.");
        }

        var model = Model(request);
        if (model.Id.Length == 0 || !scope.Contains(model))
        {
            throw RequestErrors.Create(
                ImaInvalidRequestReason.Model,
                "model",
                $"The model {RequestErrors.Quoted(model.Id)} is not supported by this SDK. {ModelNames.Hint(model)}"
                    + $"Use one of: {string.Join(", ", scope.Models)}. "
                    + $"To use another model of the product list, add its id to {nameof(ImaNanoBananaOptions.AdditionalModels)}.",
                [.. scope.Models.Select(offered => offered.Id)]);
        }

        if (string.IsNullOrWhiteSpace(request.Prompt))
        {
            throw RequestErrors.Create(ImaInvalidRequestReason.Prompt, "prompt", "The prompt is empty. Describe the image in words.");
        }

        if (!IsWhole(request.Prompt))
        {
            throw RequestErrors.Create(
                ImaInvalidRequestReason.Prompt,
                "prompt",
                "The prompt cannot be sent because it contains half of a surrogate pair. Cut text only between whole characters.");
        }

        if (request.Count < 1)
        {
            throw NotACount(request.Count.Value.ToString(CultureInfo.InvariantCulture));
        }

        CheckTag(request.Tag);
        if (request.IdempotencyKey is { } key && (string.IsNullOrWhiteSpace(key) || key.Length > LongestKey || key.Any(char.IsControl)
            || !IsWhole(key)))
        {
            throw RequestErrors.Create(
                ImaInvalidRequestReason.IdempotencyKey,
                "idempotency_key",
                $"The idempotency key {RequestErrors.Quoted(key)} is not valid. It must have 1 to {LongestKey} characters, must not "
                    + "consist only of white space, and must not contain control characters or half of a surrogate pair."
                    + TooLong(key, LongestKey, "Use a shorter name or a hash."));
        }

        if (request.MaxCredits < 0)
        {
            throw RequestErrors.Create(
                ImaInvalidRequestReason.Parameter,
                ParameterNames.MaxCredits,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"MaxCredits is {request.MaxCredits}; it must not be negative. Leave it null for no limit."));
        }
    }

    /// <summary>The tag is stored in journals and shown in reports, so it is one short line.</summary>
    private static void CheckTag(string? tag)
    {
        if (tag is not null && (string.IsNullOrWhiteSpace(tag) || tag.Length > LongestTag || tag.Any(char.IsControl) || !IsWhole(tag)))
        {
            throw RequestErrors.Create(
                ImaInvalidRequestReason.Parameter,
                ParameterNames.Tag,
                $"The tag {RequestErrors.Quoted(tag)} is not valid. It must have 1 to {LongestTag} characters, must not consist only of "
                    + "white space, and must not contain control characters or half of a surrogate pair."
                    + TooLong(tag, LongestTag, "Use a short name, such as that of a project."));
        }
    }

    private static string TooLong(string text, int most, string advice) => text.Length <= most
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $" It has {text.Length} characters. {advice}");

    /// <summary>
    /// Whether a text can be written. Half of a surrogate pair would become another character, which is the same for all such halves.
    /// </summary>
    public static bool IsWhole(ReadOnlySpan<char> text)
    {
        while (Rune.DecodeFromUtf16(text, out _, out var length) == OperationStatus.Done)
        {
            text = text[length..];
        }

        return text.IsEmpty;
    }

    /// <param name="versions">The versions of the product list, oldest first.</param>
    /// <param name="request">The request.</param>
    /// <param name="inputs">Its inspected images.</param>
    /// <param name="scope">The models that the request may name; null for those that the SDK knows.</param>
    /// <param name="cancellationToken">Cancels the planning.</param>
    /// <exception cref="ImaException">The request cannot be submitted.</exception>
    public static ImagePlan Plan(
        IReadOnlyList<ProductVersion> versions,
        ImageRequest request,
        IReadOnlyList<InputDetails> inputs,
        ModelScope? scope = null,
        CancellationToken cancellationToken = default)
    {
        Check(request, scope ?? ModelScope.BuiltIn);
        request = request with { TaskType = TaskType(request) };
        var version = Version(versions, request);
        var user = UserValues.FromRequest(request, version);
        var values = EffectiveValues.Create(version, user, cancellationToken);
        var rule = Price(version, user, values, cancellationToken);
        foreach (var (name, value) in rule.Conditions)
        {
            values.Put(name, value);
        }

        var count = Count(values);
        foreach (var name in ParameterNames.AlwaysSet)
        {
            values.Remove(name);
        }

        values.CheckWritable();

        InputRules.Check(TaskType(request), version, inputs);
        var plan = new ImagePlan
        {
            Request = request,
            TaskType = TaskType(request),
            Prompt = request.Prompt,
            Version = version,
            Rule = rule,
            CreditsPerImage = rule.CreditsPerImage!.Value,
            Count = count,
            Parameters = values.ToParameters(),
            Inputs = inputs,
            Size = values.Text(ParameterNames.Size) is { Length: > 0 } size ? new ImageSize(size) : null,
            AspectRatio = values.Text(ParameterNames.AspectRatio) is { Length: > 0 } ratio ? new AspectRatio(ratio) : null,
            Adjustments = user.LimitedSize is { } asked ? [Limited(asked, values)] : [],
        };
        return plan.Credits > request.MaxCredits ? throw TooExpensive(plan, request.MaxCredits.Value) : plan;
    }

    /// <summary>A form may derive another parameter from the size, and send none under its name.</summary>
    private static ImageAdjustment Limited(string asked, EffectiveValues values) => new(
        ImageAdjustmentKind.Size8KTo4K, ParameterNames.Size, asked, values.Text(ParameterNames.Size) ?? ImageSize.Size4K.Value);

    public static ImageTaskType TaskType(ImageRequest request) =>
        request.TaskType ?? (request.Images.Count > 0 ? ImageTaskType.ImageToImage : ImageTaskType.TextToImage);

    public static ImageModel Model(ImageRequest request) => request.Model ?? ImageModel.NanoBanana2;

    private static ProductVersion Version(IReadOnlyList<ProductVersion> versions, ImageRequest request)
    {
        var model = Model(request);
        return versions.LastOrDefault(
            candidate => candidate.Model == model && (request.ModelVersion is null || candidate.Id == request.ModelVersion))
            ?? throw NoVersion(
                model, request.ModelVersion, [.. versions.Where(candidate => candidate.Model == model).Select(candidate => candidate.Id)]);
    }

    private static ImaException NoVersion(ImageModel model, string? asked, IReadOnlyList<string> offered) => RequestErrors.Create(
        ImaInvalidRequestReason.ModelVersion,
        "model_version",
        offered.Count == 0
            ? $"The product list does not currently offer the model '{model}'. Use another model, or try again later."
            : $"The product list does not offer the version {RequestErrors.Quoted(asked)} of '{model}'. "
                + $"Use one of: {string.Join(", ", offered)}.",
        offered);

    private static CreditRule Price(ProductVersion version, UserValues user, EffectiveValues values, CancellationToken cancellationToken)
    {
        if (version.Rules.Count == 0)
        {
            throw RequestErrors.Create(
                ImaInvalidRequestReason.NotAvailable, "price", $"{version.Name} currently has no prices, so it cannot be submitted. "
                    + "Use another model, or try again later.");
        }

        var rule = CreditRules.Choose(version.Rules, ValueOf, MayBeFilled, cancellationToken) ?? throw NoPrice(version, ValueOf);
        return rule.CanBeSubmitted ? rule : throw RequestErrors.Create(
            ImaInvalidRequestReason.NotAvailable, "price", $"The price of {version.Name} for {rule.Describe()} cannot be submitted: it has "
                + "no valid attribute id or no valid points. Use another model, or try again later.");

        string? ValueOf(string name) => values.Text(name) ?? (CatalogValue.AreEqual(name, ParameterNames.Count) ? "1" : null);

        bool MayBeFilled(string name) =>
            ValueOf(name) is null && user.Find(name) is null && !version.FieldNames.Contains(name);
    }

    private static ImaException NoPrice(ProductVersion version, Func<string, string?> valueOf)
    {
        var priced = version.Rules.SelectMany(rule => rule.Conditions).Select(condition => condition.Key).Distinct(
            StringComparer.OrdinalIgnoreCase).ToList();
        var offered = version.Rules.Select(rule => rule.Describe()).Distinct().ToList();
        return RequestErrors.Create(
            ImaInvalidRequestReason.Price,
            priced.Count == 1 ? priced[0] : "price",
            $"{version.Name} has no price for {string.Join(" ", priced.Select(name => $"{name}={valueOf(name) ?? "(not given)"}"))}. "
                + $"Prices exist for: {string.Join(", ", offered)}.",
            offered);
    }

    private static int Count(EffectiveValues values)
    {
        if (values.Find(ParameterNames.Count) is not { } value)
        {
            return 1;
        }

        return JsonReading.Integer(value) is >= 1 and { } count ? count : throw NotACount(CatalogValue.Text(value));
    }

    private static ImaException NotACount(string? value) => RequestErrors.Create(
        ImaInvalidRequestReason.Count,
        ParameterNames.Count,
        $"The number of images must be a whole number of 1 or more, not {RequestErrors.Quoted(value)}.");

    /// <summary>Creates the error for a submission that costs more than one submission may cost.</summary>
    public static ImaException TooExpensive(ImagePlan plan, decimal allowed) => new(
        ImaErrorKind.BudgetExceeded,
        FormattableString.Invariant(
            $"The request costs {plan.Credits} credits, but only {allowed} are allowed. Change the request or the limit. ")
            + "No credits were spent.")
    {
        AllowedCredits = allowed,
        RequiredCredits = plan.Credits,
    };
}
