// A web app that generates images: dotnet run --project samples/ImaNanoBanana.Studio, and open the address that it prints.
using ImaNanoBanana.Studio;
using ImaNanoBanana.Studio.Storage;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.AddStudio();
await using var app = builder.Build();
await app.Services.GetRequiredService<StudioDatabase>().CreateTablesAsync(CancellationToken.None);
app.UseStudio();
await app.RunAsync();
