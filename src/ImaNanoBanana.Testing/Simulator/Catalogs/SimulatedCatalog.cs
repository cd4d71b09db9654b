using System.Text.Json;
using ImaNanoBanana.Catalog;
using ImaNanoBanana.Planning;

namespace ImaNanoBanana.Testing;

/// <summary>
/// Represents the products of the simulated service: the two models as the service offered them in April 2026 and those that a test
/// adds, at prices that may change. Not thread-safe except for <see cref="Add"/>; its owner
/// synchronizes access.
/// </summary>
internal sealed class SimulatedCatalog
{
    public const string TextToImage = "text_to_image";
    private const string ImageToImage = "image_to_image";
    private const int MostImages = 14;
    private const string UsualSize = "1K";
    private const string NanoBanana = "Nano Banana";

    /// <summary>The attribute ids of added models are above those of the known ones.</summary>
    private const int FirstAddedAttribute = 9000;

    private static readonly SimulatedLeaf[] Known =
    [
        new("gemini-3.1-flash-image", "gemini-3.1-flash-image-preview", "Nano Banana 2",
            ["1:1", "1:4", "1:8", "2:3", "3:2", "3:4", "4:1", "4:3", "4:5", "5:4", "8:1", "9:16", "16:9", "21:9"],
            [new("512px", 4400, 4404, 4), new("1K", 4401, 4405, 6), new("2K", 4402, 4406, 10), new("4K", 4403, 4407, 13)]),
        new("gemini-3-pro-image", "gemini-3-pro-image-preview", "Nano Banana Pro",
            ["1:1", "3:2", "2:3", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9"],
            [new("1K", 2399, 2402, 10), new("2K", 2400, 2403, 10), new("4K", 2401, 2404, 18)]),
    ];

    /// <summary>
    /// The same models between an earlier version, which only a client that pins it submits, and one that is newer than the SDK.
    /// </summary>
    private static readonly SimulatedLeaf[] Realistic =
    [
        new("gemini-3.1-flash-image", "gemini-3.1-flash-image-exp", "Nano Banana 2", ["1:1", "3:4", "4:3"], [new("1K", 4390, 4394, 8)])
        {
            Description = "The earlier version.",
        },
        Known[0] with { Description = "Fast and versatile. Up to 14 source images." },
        Known[1] with { Description = "The best quality, and text in images.", HasVirtualSize = true },
        new("gemini-3.1-flash-lite-image", "gemini-3.1-flash-lite-image-preview", "Nano Banana 2 Lite",
            ["1:1", "16:9"],
            [new("1K", 8900, 8901, 3)])
        {
            Description = "The newest model.",
        },
    ];

    private readonly object _adding = new();
    private volatile SimulatedLeaf[] _added = [];
    private readonly Dictionary<int, decimal> _changedPoints = [];
    private readonly HashSet<(int AttributeId, decimal Points)> _formerPoints = [];

    public SimulatedCatalogKind Kind { get; set; }

    private IEnumerable<SimulatedLeaf> Models => (Kind == SimulatedCatalogKind.Realistic ? Realistic : Known).Concat(_added);

    /// <summary>Adds a model, or a new version of one, at the end of the list. Thread-safe.</summary>
    public void Add(SimulatedModel model)
    {
        lock (_adding)
        {
            var id = FirstAddedAttribute + (2 * _added.Sum(static known => known.Prices.Count));
            var prices = model.Prices.Select(
                (price, index) => new SimulatedPrice(price.Key, id + (2 * index), id + (2 * index) + 1, price.Value));
            _added = [.. _added, new(model.Id, model.Version, model.Name, [.. model.AspectRatios], [.. prices])];
        }
    }

    /// <summary>Changes the price of an attribute id from now on.</summary>
    public void Reprice(int attributeId, decimal points)
    {
        if (Models.SelectMany(model => model.Prices).FirstOrDefault(price => attributeId == price.TextAttributeId
            || attributeId == price.ImageAttributeId) is { } price)
        {
            _formerPoints.Add((attributeId, PointsOf(price, attributeId)));
            _changedPoints[attributeId] = points;
        }
    }

    /// <summary>The changed prices and the former ones. Snapshots.</summary>
    public (Dictionary<int, decimal> Changed, List<SimulatedFormerPrice> Former) Prices =>
        (new(_changedPoints), [.. _formerPoints.Select(static former => new SimulatedFormerPrice(former.AttributeId, former.Points))]);

    /// <summary>Sets the prices that were changed earlier.</summary>
    public void SetPrices(IReadOnlyDictionary<int, decimal> changed, IEnumerable<SimulatedFormerPrice> former)
    {
        foreach (var (attributeId, points) in changed)
        {
            _changedPoints[attributeId] = points;
        }

        _formerPoints.UnionWith(former.Select(static price => (price.AttributeId, price.Points)));
    }

    /// <summary>Whether a submission uses a price that was valid earlier, which the client could not know.</summary>
    public bool IsStale(SimulatedSubmission submission) => _formerPoints.Contains((submission.AttributeId, submission.Credit));

    /// <param name="address">The requested URL.</param>
    /// <param name="processingTime">The time that a task takes. The list reports a range of seconds around it.</param>
    public string Answer(Uri address, TimeSpan processingTime) => Envelope.Success(json =>
    {
        var category = CategoryOf(address);
        var expectedTime = ExpectedTime(processingTime);
        json.WriteStartArray("data");
        if (Kind == SimulatedCatalogKind.Realistic)
        {
            WriteRealistic(json, category, expectedTime);
        }
        else if (category is TextToImage or ImageToImage)
        {
            WriteLeaves(json, Models, category, expectedTime);
        }

        json.WriteEndArray();
    });

    /// <summary>Returns the service's rejection of a submission that does not match the catalog, or null.</summary>
    public string? RequestErrors(SimulatedSubmission submission)
    {
        var model = Models.FirstOrDefault(model => model.Id == submission.ModelId && model.Version == submission.ModelVersion);
        var price = model?.Prices.FirstOrDefault(price => price.AttributeOf(submission.TaskType) == submission.AttributeId);
        if (submission.TaskType is not (TextToImage or ImageToImage) || model is null || price is null)
        {
            return Envelope.Failure(6010, "Attribute ID does not match the calculated rule");
        }

        if (price.Size != submission.Size)
        {
            return Envelope.Failure(6009, "No matching credit rule found");
        }

        if (PointsOf(price, submission.AttributeId) != submission.Credit)
        {
            return Envelope.Failure(6006, "Credit mismatch");
        }

        if (!model.Ratios.Contains(submission.AspectRatio))
        {
            return Envelope.Failure(400, "Bad request: aspect_ratio");
        }

        if ((submission.TaskType == TextToImage) != (submission.Images.Count == 0) || submission.Images.Count > MostImages)
        {
            return Envelope.Failure(400, "Bad request: input_images");
        }

        return null;
    }

    private static string DefaultSize(SimulatedLeaf model) =>
        model.Prices.Any(static price => price.Size == UsualSize) ? UsualSize : model.Prices[0].Size;

    private static string ExpectedTime(TimeSpan processingTime)
    {
        var least = Math.Floor(processingTime.TotalSeconds * 0.75);
        return FormattableString.Invariant($"{least}~{Math.Max(Math.Ceiling(processingTime.TotalSeconds * 1.5), least + 1)}s");
    }

    private decimal PointsOf(SimulatedPrice price, int attributeId) => _changedPoints.GetValueOrDefault(attributeId, price.Points);

    private static string CategoryOf(Uri address) => address.Query.TrimStart('?').Split('&').Select(static pair => pair.Split('=', 2))
        .FirstOrDefault(static pair => pair is ["category", _])?[1] ?? "";

    /// <summary>Writes a root, groups below it, and the added models beside it, because lists have leaves at every depth.</summary>
    private void WriteRealistic(Utf8JsonWriter json, string category, string expectedTime)
    {
        var isImage = category is TextToImage or ImageToImage;
        WriteStart(json, category, "1", category.Replace('_', ' '));
        foreach (var group in isImage ? ForeignProducts.ImageGroups : ForeignProducts.GroupsOf(category))
        {
            json.WriteRawValue(group);
        }

        if (isImage)
        {
            WriteStart(json, NanoBanana, "2", NanoBanana);
            WriteLeaves(json, Realistic, category, expectedTime);
            WriteEnd(json);
        }

        WriteEnd(json);
        if (isImage)
        {
            WriteLeaves(json, _added, category, expectedTime);
        }

        static void WriteStart(Utf8JsonWriter json, string id, string type, string name)
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteString("type", type);
            json.WriteString("name", name);
            json.WriteString("model_id", "");
            json.WriteStartArray("children");
        }

        static void WriteEnd(Utf8JsonWriter json)
        {
            json.WriteEndArray();
            json.WriteEndObject();
        }
    }

    private void WriteLeaves(Utf8JsonWriter json, IEnumerable<SimulatedLeaf> models, string category, string expectedTime)
    {
        foreach (var model in models)
        {
            Write(json, model, category, expectedTime);
        }
    }

    private void Write(Utf8JsonWriter json, SimulatedLeaf model, string category, string expectedTime)
    {
        json.WriteStartObject();
        json.WriteString("id", model.Version);
        json.WriteString("type", "3");
        json.WriteString("model_id", model.Id);
        json.WriteString("name", model.Name);
        if (model.Description is not null)
        {
            json.WriteString("parent_id", NanoBanana);
            json.WriteString("description", model.Description);
        }

        json.WriteStartArray("tags");
        json.WriteStartObject();
        json.WriteString("tag_type", "EET");
        json.WriteString("tag_value", expectedTime);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartArray("form_config");
        WriteField(json, "aspect_ratio", model.Ratios[0], model.Ratios);
        WriteField(json, "size", DefaultSize(model), model.Prices.Select(price => price.Size), model.HasVirtualSize);
        json.WriteEndArray();
        json.WriteStartArray("credit_rules");
        foreach (var price in model.Prices)
        {
            json.WriteStartObject();
            json.WriteNumber("attribute_id", price.AttributeOf(category));
            json.WriteNumber("points", PointsOf(price, price.AttributeOf(category)));
            json.WriteStartObject("attributes");
            json.WriteString("size", price.Size);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (category == ImageToImage)
        {
            json.WriteStartObject("files");
            json.WriteNumber("minLimit", 1);
            json.WriteNumber("maxLimit", MostImages);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteField(Utf8JsonWriter json, string name, string fallback, IEnumerable<string> options, bool isVirtual = false)
    {
        json.WriteStartObject();
        json.WriteString("field", name);
        json.WriteString("type", "tags");
        json.WriteString("value", fallback);
        json.WriteStartArray("options");
        foreach (var option in options)
        {
            json.WriteStartObject();
            json.WriteString("label", option);
            json.WriteString("value", option);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (isVirtual)
        {
            QualityField.Write(json);
        }

        json.WriteEndObject();
    }
}
