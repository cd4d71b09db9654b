using ImaNanoBanana.Studio.Generating;
using ImaNanoBanana.Studio.Security;
using ImaNanoBanana.Studio.Storage;
using ImaNanoBanana.Studio.Texts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace ImaNanoBanana.Studio.Api;

/// <summary>Generates images and lists them.</summary>
internal static class ImageEndpoints
{
    private const int PageLength = 24;

    public static void MapImages(this IEndpointRouteBuilder routes)
    {
        var images = routes.MapGroup("/images").WithTags("Images");
        images.MapPost("", PlaceAsync)
            .WithSummary("Generates an image. A repetition with the same key is never charged again.")
            .Produces<ImageDocument>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status402PaymentRequired)
            .ProducesProblem(StatusCodes.Status409Conflict);
        images.MapGet("", ListAsync).WithSummary("Lists the visitor's images, the newest first.").Produces<ImageList>();
        images.MapGet("/{id}", FindAsync)
            .WithSummary("Gets an image.")
            .Produces<ImageDocument>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        images.MapPost("/{id}/retry", RetryAsync)
            .WithSummary("Tries a failed image again with its own key. What was charged is not charged again.")
            .Produces<ImageDocument>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> PlaceAsync(
        Order order,
        [FromHeader(Name = ClientKey.Header)] string? key,
        Visitor visitor,
        ImageOrders orders,
        HttpRequest request,
        CancellationToken cancellationToken)
    {
        if (ClientKey.FindProblem(key, Languages.Of(request)) is { } problem)
        {
            return Problems.Answer(problem);
        }

        return Accepted(await orders.PlaceAsync(visitor, key!, order, cancellationToken), request);
    }

    private static async Task<IResult> ListAsync(
        string? before, Visitor visitor, ImageTable table, HttpRequest request, CancellationToken cancellationToken)
    {
        var language = Languages.Of(request);
        var images = await table.ListAsync(visitor.Id, before, PageLength + 1, cancellationToken);
        var page = images.Take(PageLength).Select(image => ImageDocument.Create(image, language));
        return TypedResults.Json(new ImageList([.. page], images.Count > PageLength), StudioJsonContext.Default.ImageList);
    }

    private static async Task<IResult> FindAsync(
        string id, Visitor visitor, ImageTable table, HttpRequest request, CancellationToken cancellationToken) =>
        await table.FindAsync(visitor.Id, id, cancellationToken) is { } image
            ? TypedResults.Json(ImageDocument.Create(image, Languages.Of(request)), StudioJsonContext.Default.ImageDocument)
            : Problems.NotFound(request);

    private static async Task<IResult> RetryAsync(
        string id, Visitor visitor, ImageOrders orders, HttpRequest request, CancellationToken cancellationToken) =>
        await orders.RetryAsync(visitor, id, cancellationToken) is { } image ? Accepted(image, request) : Problems.NotFound(request);

    private static JsonHttpResult<ImageDocument> Accepted(StoredImage image, HttpRequest request)
    {
        request.HttpContext.Response.Headers.Location = $"/images/{image.Id}";
        return TypedResults.Json(
            ImageDocument.Create(image, Languages.Of(request)),
            StudioJsonContext.Default.ImageDocument,
            statusCode: StatusCodes.Status202Accepted);
    }
}
