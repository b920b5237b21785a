"""A shop in the way of calls: everything is a POST that is named after what it does; searching
with a body, GraphQL, and a health check."""

import itertools
from typing import Annotated, Any, Literal

from fastapi import HTTPException, Response
from ordinary import MISSING, application
from pydantic import BaseModel, Field, StringConstraints

Name = Annotated[str, StringConstraints(min_length=1, max_length=60)]


class NewProduct(BaseModel):
    model_config = {"strict": True}

    name: Name
    cents: int = Field(ge=0, le=10**7)


class Product(NewProduct):
    sku: str


class Sku(BaseModel):
    model_config = {"strict": True}

    sku: str


class Search(BaseModel):
    model_config = {"strict": True}

    text: str = Field(default="", max_length=60)
    at_most: int = Field(default=20, ge=1, le=100)


class Found(BaseModel):
    products: list[Product]
    total: int


class Sum(BaseModel):
    model_config = {"strict": True}

    cents: list[Annotated[int, Field(ge=0, le=10**7)]] = Field(max_length=50)


class Total(BaseModel):
    cents: int


class Health(BaseModel):
    status: Literal["ok"]


class Question(BaseModel):
    model_config = {"strict": True}

    query: str
    variables: dict[str, Any] | None = None


class Told(BaseModel):
    data: dict[str, Any] | None = None
    errors: list[dict[str, Any]] | None = None


def make():
    app = application("Shop")
    products, numbers = {}, itertools.count(1)

    def product(sku):
        if sku not in products:
            raise HTTPException(404, "no such product")
        return products[sku]

    @app.post("/products.create", operation_id="products_create")
    def products_create(body: NewProduct) -> Product:
        made = Product(sku=f"SKU{next(numbers):06d}", **body.model_dump())
        products[made.sku] = made
        return made

    @app.post("/products.info", operation_id="products_info", responses=MISSING)
    def products_info(body: Sku) -> Product:
        return product(body.sku)

    @app.post(
        "/products.remove", operation_id="products_remove", status_code=204, responses=MISSING
    )
    def products_remove(body: Sku) -> Response:
        product(body.sku)
        del products[body.sku]
        return Response(status_code=204)

    @app.post("/products/search", operation_id="search_products")
    def search_products(body: Search) -> Found:
        found = [one for one in products.values() if body.text in one.name]
        return Found(products=found[: body.at_most], total=len(found))

    @app.post("/calculate", operation_id="calculate")
    def calculate(body: Sum) -> Total:
        """Keeps nothing."""
        return Total(cents=sum(body.cents))

    @app.post("/graphql", operation_id="graphql")
    def graphql(body: Question) -> Told:
        """What is wrong with a question is told with status 200."""
        if body.query.replace(" ", "") == "{total}":
            return Told(data={"total": len(products)})
        return Told(errors=[{"message": "only { total } is known"}])

    @app.get("/health", operation_id="health")
    def health() -> Health:
        return Health(status="ok")

    @app.head("/health", operation_id="health_head", response_class=Response)
    def health_head() -> Response:
        return Response()

    return app
