using Microsoft.Extensions.DependencyInjection;

namespace ImaNanoBanana;

internal sealed record ImaNanoBananaBuilder(IServiceCollection Services, string HttpClientName) : IImaNanoBananaBuilder;
